/**
 * Who plays IPython on the site: the model that the settings name, or the offline model where they name none.
 *
 * @module
 */

import type { AIPythonAgentOptions } from "../../src/options/mod.ts";
import { type DemoModel, type OfflineTraits, startModel } from "../../stack/demo/start_model.ts";
import type { ModelSettings } from "./settings/model_settings.ts";

/** What it depends on. */
export interface SiteModelOptions {
  settings: ModelSettings;
  /** Whether the offline model answers whatever the settings say. */
  isOfflineForced: boolean;
  /** What the offline model is like. */
  traits?: OfflineTraits;
}

/** The offline model's name where it is not running. */
const OFFLINE_NAME = "offline";

/** The model of all notebooks. */
export class SiteModel implements AsyncDisposable {
  readonly #options: SiteModelOptions;
  readonly #ending = new AbortController();
  #offline: Promise<DemoModel> | undefined;
  #offlineName = OFFLINE_NAME;

  /** @param options the settings, and what the offline model is like */
  constructor(options: SiteModelOptions) {
    this.#options = options;
  }

  /** Whether the offline model answers whatever the settings say. */
  get isOfflineForced(): boolean {
    return this.#options.isOfflineForced;
  }

  /** Whether the offline model answers. */
  get isOffline(): boolean {
    return this.isOfflineForced || !this.#options.settings.namesServer;
  }

  /** The model's name, and the host of its server; none for the offline one. */
  get names(): { model: string; modelHost: string } {
    if (this.isOffline) return { model: this.#offlineName, modelHost: "" };
    const { model = "", baseUrl } = this.#options.settings.resolve().settings;
    return { model, modelHost: baseUrl === undefined ? "" : new URL(baseUrl).host };
  }

  /**
   * What an agent is made with. The offline model is started for the first one that needs it.
   *
   * @param signal gives the start up. Default: the end of the site
   * @throws {ConfigurationError} when settings are missing or wrong
   */
  async agentOptions(signal: AbortSignal = this.#ending.signal): Promise<AIPythonAgentOptions> {
    const { settings, traits } = this.#options;
    if (!this.isOffline) return settings.agentOptions;
    this.#offline ??= startModel({}, AbortSignal.any([signal, this.#ending.signal]), traits);
    try {
      const { settings: { model, ...access } } = await this.#offline;
      this.#offlineName = model ?? OFFLINE_NAME;
      return { ...settings.offlineOptions, ...access, model };
    } catch (error) {
      this.#offline = undefined;
      throw error;
    }
  }

  /** A notebook's agent has ended: the offline model ends the Python that it keeps for it. */
  async endNotebook(notebookId: string): Promise<void> {
    await (await this.#offline)?.endNotebook(notebookId);
  }

  /** Ends the offline model. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort(new Error("the site is being stopped"));
    const model = await this.#offline?.catch(() => undefined);
    await model?.[Symbol.asyncDispose]();
  }
}
