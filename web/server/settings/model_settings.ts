/**
 * The settings of the model and of cells, resolved from flags, environment, `.env` file and panel.
 *
 * @module
 */

import { ConfigurationError } from "../../../src/errors.ts";
import { modelServerNames } from "../../../src/options/model_server_names.ts";
import type { AIPythonAgentOptions, Environment, PanelSettings, SettingOrigin } from "../../../src/options/mod.ts";
import { originOf } from "../../../src/options/model_server.ts";
import { namesFor } from "../../../src/options/option_names.ts";
import { type CollectedSettings, collectSettings } from "../../../src/options/resolve_settings.ts";
import { describeOrigin } from "../../../src/options/setting_origin.ts";
import { secretsIn } from "../../../src/options/secrets_of.ts";
import { modelAddress } from "../../../src/options/model_address.ts";
import type { AnySettings } from "../../../src/options/settings.ts";
import { addressSecrets } from "../../../src/options/secrets_of.ts";
import type { PanelName } from "./panel_names.ts";
import type { SettingsDraft } from "./settings_draft.ts";
import type { SettingsFile } from "./settings_file.ts";

/** The sources of settings that override the panel. */
export interface OuterSources {
  /** The values of flags by option name. */
  flagValues?: Readonly<Record<string, string>>;
  environment?: Environment;
  envFile?: Environment;
}

/** The settings of the panel cannot be accepted. */
export class SettingsRefusedError extends Error {
  override readonly name = "SettingsRefusedError";
}

/** Settings that the site itself decides for each notebook. */
const OWN: ReadonlySet<keyof AnySettings> = new Set(["notebookId", "authToken", "syncUrl", "runtimeId"]);

/** Settings of a model server. */
const ABOUT_SERVER: ReadonlySet<keyof AnySettings> = new Set(modelServerNames);

/** The settings that are resolved here. */
export const modelSettingNames: readonly (keyof AnySettings)[] = namesFor("library").filter((name) => !OWN.has(name));

/** The settings, and the methods that change them. */
export class ModelSettings {
  readonly #outer: OuterSources;
  readonly #file: SettingsFile;

  constructor(outer: OuterSources, file: SettingsFile) {
    this.#outer = outer;
    this.#file = file;
  }

  /** The stored settings of the panel. The keys must not be sent to a page. */
  get panel(): PanelSettings {
    return this.#file.panel;
  }

  /**
   * Resolves all sources.
   *
   * @param draft replaces the stored settings of the panel. Default: those
   * @throws {SettingsRefusedError} if the draft cannot be accepted
   */
  resolve(draft?: SettingsDraft): CollectedSettings {
    return this.#collect(draft === undefined ? this.panel : this.#panelWith(draft));
  }

  /** Resolves all sources except the panel. */
  resolveOuter(): CollectedSettings {
    return this.#collect(undefined);
  }

  /** Whether a model server or a key is set. The offline model answers otherwise. */
  get namesServer(): boolean {
    const { settings, origins } = this.resolve();
    return origins.baseUrl?.source !== "default" || settings.apiKey !== undefined;
  }

  /**
   * The options of an agent. The agent must not read the environment, which may contain a key for another server.
   *
   * @throws {ConfigurationError} if something is missing or wrong
   */
  get agentOptions(): AIPythonAgentOptions {
    return this.#optionsOf(modelSettingNames);
  }

  /**
   * The options of an agent of the offline model, without the model: the settings for cells and limits.
   *
   * @throws {ConfigurationError} if one of the settings is wrong
   */
  get offlineOptions(): AIPythonAgentOptions {
    return this.#optionsOf(modelSettingNames.filter((name) => !ABOUT_SERVER.has(name)));
  }

  /** Returns the source that keeps a setting from being changed in the panel: `OPENAI_BASE_URL`. */
  fixedBy(name: PanelName | "apiKey", { origins }: Pick<CollectedSettings, "origins"> = this.resolve()) {
    const origin = origins[name];
    if (isOuter(origin)) return describeOrigin(origin);
    const wrong = this.resolveOuter().issues.some(({ option }) => option === name);
    return origin === undefined && wrong && name !== "apiKey" ? "a wrong value" : undefined;
  }

  /**
   * Stores what was entered in the panel.
   *
   * @throws {SettingsRefusedError} if something is wrong; nothing is changed
   * @throws {StorageError} if the settings cannot be stored
   */
  save(draft: SettingsDraft): void {
    const panel = this.#panelWith(draft);
    const issues = describeIssues(this.#collect(panel));
    if (issues.length > 0) throw new SettingsRefusedError(issues.join("\n"));
    this.#file.write(panel);
  }

  removeKey(origin: string): void {
    const { values, keys } = this.panel;
    this.#file.write({ values, keys: Object.fromEntries(Object.entries(keys).filter(([other]) => other !== origin)) });
  }

  /** Returns all secrets that must not leave the server, including those that another source overrides. */
  secrets(draft?: SettingsDraft): string[] {
    const resolved = [this.resolve(), this.resolveOuter()];
    const found = resolved.flatMap(({ settings }) => [
      ...secretsIn(settings.apiKey),
      ...secretsIn(settings.headers),
      ...addressSecrets(settings.baseUrl),
    ]);
    return [...found, ...Object.values(this.panel.keys), ...draft?.key === undefined ? [] : [draft.key.value]];
  }

  /** Returns those of these settings that somebody has set. */
  #optionsOf(wanted: readonly (keyof AnySettings)[]): AIPythonAgentOptions {
    const { settings, origins, issues } = this.resolve();
    const wrong = issues.filter(({ option }) => option === undefined || wanted.includes(option as keyof AnySettings));
    if (wrong.length > 0) throw new ConfigurationError(wrong);
    const chosen = wanted.filter((name) => isSet(origins[name])).map((name) => [name, settings[name]]);
    return { ...Object.fromEntries(chosen), environment: {} };
  }

  #collect(panel: PanelSettings | undefined): CollectedSettings {
    const { flagValues = {}, environment, envFile } = this.#outer;
    return collectSettings(flagValues, { environment, envFile, panel }, "command", modelSettingNames);
  }

  /** Returns the panel's settings with a draft applied. */
  #panelWith({ values: given, key }: SettingsDraft): PanelSettings {
    const entered = Object.entries(given).map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== "") as [PanelName, string][];
    const kept = this.panel.values as Partial<Record<PanelName, string>>;
    const current = this.resolve();
    const fixed = (Object.keys(kept) as PanelName[]).filter((name) => this.fixedBy(name, current) !== undefined);
    const values = {
      ...Object.fromEntries(fixed.map((name) => [name, kept[name]!])),
      ...Object.fromEntries(entered),
    };
    for (const [name] of entered) this.#requireFree(name, this.#collect({ values, keys: {} }));
    if (values.baseUrl !== undefined) requireBareAddress(values.baseUrl);
    if (key === undefined) return { values, keys: this.panel.keys };
    const { settings } = this.#collect({ values, keys: {} });
    const origin = originOf(settings.baseUrl ?? modelAddress.read(values.baseUrl));
    if (key.origin !== origin) {
      const where = origin === undefined ? "the base URL is wrong" : `the base URL leads to ${origin}`;
      throw new SettingsRefusedError(`The key was entered for ${key.origin}, and ${where}. Enter it again.`);
    }
    this.#requireFree("apiKey", this.#collect({ values, keys: {} }));
    return { values, keys: { ...this.panel.keys, [origin]: key.value.trim() } };
  }

  #requireFree(name: PanelName | "apiKey", collected: CollectedSettings): void {
    const fixedBy = this.fixedBy(name, collected);
    if (fixedBy === undefined) return;
    throw new SettingsRefusedError(`${name} is set by ${fixedBy}, which overrides this panel. Change it there.`);
  }
}

/** Describes what is missing or wrong, in sentences for the panel. */
export function describeIssues({ issues, settings }: CollectedSettings): string[] {
  return issues.map(({ option, message }) => {
    const origin = originOf(settings.baseUrl);
    if (option !== "apiKey" || settings.apiKey !== undefined || !message.startsWith("missing")) return message;
    return `A key for ${origin} is missing: enter one, or choose a server that needs none.`;
  });
}

/** Whether a source outside the panel has set a value. */
function isOuter(origin: SettingOrigin | undefined): boolean {
  return isSet(origin) && origin?.source !== "panel";
}

function isSet(origin: SettingOrigin | undefined): boolean {
  return origin !== undefined && origin.source !== "default";
}

/** Refuses an address that contains a secret, because the address is shown in the panel and stored with the values. */
function requireBareAddress(text: string): void {
  const address = modelAddress.read(text);
  if (address === undefined || addressSecrets(address).length === 0) return;
  throw new SettingsRefusedError(
    "The base URL has a password or a key in it, which would be shown. Leave it out, and enter it as the API key.",
  );
}
