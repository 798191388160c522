/**
 * The model of the site: the one in the settings, or the offline model if they name none.
 *
 * @module
 */

import type { AIPythonAgentOptions } from "../../src/options/mod.ts";
import { type DemoModel, type OfflineTraits, startModel } from "../../stack/demo/start_model.ts";
import type { ModelSettings } from "./settings/model_settings.ts";

export interface SiteModelOptions {
  settings: ModelSettings;
  /** Whether the offline model answers regardless of the settings. */
  isOfflineForced: boolean;
  traits?: OfflineTraits;
}

/** The offline model's name while it is not running. */
const OFFLINE_NAME = "offline";

/** The model of all notebooks. */
export class SiteModel implements AsyncDisposable {
  readonly #options: SiteModelOptions;
  readonly #ending = new AbortController();
  #offline: Promise<DemoModel> | undefined;
  #offlineName = OFFLINE_NAME;

  constructor(options: SiteModelOptions) {
    this.#options = options;
  }

  get isOfflineForced(): boolean {
    return this.#options.isOfflineForced;
  }

  get isOffline(): boolean {
    return this.isOfflineForced || !this.#options.settings.namesServer;
  }

  /** The model's name, and the host of its server; empty for the offline model. */
  get names(): { model: string; modelHost: string } {
    if (this.isOffline) return { model: this.#offlineName, modelHost: "" };
    const { model = "", baseUrl } = this.#options.settings.resolve().settings;
    return { model, modelHost: baseUrl === undefined ? "" : new URL(baseUrl).host };
  }

  /**
   * Returns the options of an agent. Starts the offline model for the first agent that needs it.
   *
   * @param signal aborts the start. Default: the end of the site
   * @throws {ConfigurationError} if settings are missing or wrong
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

  /** Ends the Python process that the offline model has for a notebook. Called when the notebook's agent has ended. */
  async endNotebook(notebookId: string): Promise<void> {
    await (await this.#offline)?.endNotebook(notebookId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort(new Error("the site is being stopped"));
    const model = await this.#offline?.catch(() => undefined);
    await model?.[Symbol.asyncDispose]();
  }
}
