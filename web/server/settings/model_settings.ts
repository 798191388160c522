/**
 * The settings of the model and of cells: what flags, environment, `.env` file and panel come to.
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

/** Where settings come from that stand above the panel. */
export interface OuterSources {
  /** The values of flags, by the option's name. */
  flagValues?: Readonly<Record<string, string>>;
  /** The process environment. */
  environment?: Environment;
  /** The variables of the `.env` file. */
  envFile?: Environment;
}

/** Settings of the panel cannot be taken. */
export class SettingsRefusedError extends Error {
  /** The class's name. */
  override readonly name = "SettingsRefusedError";
}

/** What the site itself decides for each notebook. */
const OWN: ReadonlySet<keyof AnySettings> = new Set(["notebookId", "authToken", "syncUrl", "runtimeId"]);

/** What is about a model server. */
const ABOUT_SERVER: ReadonlySet<keyof AnySettings> = new Set(modelServerNames);

/** The settings that are resolved. */
export const modelSettingNames: readonly (keyof AnySettings)[] = namesFor("library").filter((name) => !OWN.has(name));

/** The settings, and what changes them. */
export class ModelSettings {
  readonly #outer: OuterSources;
  readonly #file: SettingsFile;

  /**
   * @param outer what stands above the panel
   * @param file what the panel has set
   */
  constructor(outer: OuterSources, file: SettingsFile) {
    this.#outer = outer;
    this.#file = file;
  }

  /** What the panel has set. The keys are not for a page. */
  get panel(): PanelSettings {
    return this.#file.panel;
  }

  /**
   * Resolves all sources.
   *
   * @param draft stands in place of what the panel has set. Default: that
   * @throws {SettingsRefusedError} when the draft is not one that can be taken
   */
  resolve(draft?: SettingsDraft): CollectedSettings {
    return this.#collect(draft === undefined ? this.panel : this.#panelWith(draft));
  }

  /** Resolves everything but the panel. */
  resolveOuter(): CollectedSettings {
    return this.#collect(undefined);
  }

  /** Whether anything names a model server or has a key; the offline model answers otherwise. */
  get namesServer(): boolean {
    const { settings, origins } = this.resolve();
    return origins.baseUrl?.source !== "default" || settings.apiKey !== undefined;
  }

  /**
   * What an agent is made with. It must read no environment: that may hold a key for another server.
   *
   * @throws {ConfigurationError} when something is missing or wrong
   */
  get agentOptions(): AIPythonAgentOptions {
    return this.#optionsOf(modelSettingNames);
  }

  /**
   * What an agent of the offline model is made with besides that model: how cells are answered, and what they may cost.
   *
   * @throws {ConfigurationError} when something of it is wrong
   */
  get offlineOptions(): AIPythonAgentOptions {
    return this.#optionsOf(modelSettingNames.filter((name) => !ABOUT_SERVER.has(name)));
  }

  /** What keeps a setting from being changed in the panel: `OPENAI_BASE_URL`. */
  fixedBy(name: PanelName | "apiKey", { origins }: Pick<CollectedSettings, "origins"> = this.resolve()) {
    const origin = origins[name];
    if (isOuter(origin)) return describeOrigin(origin);
    const wrong = this.resolveOuter().issues.some(({ option }) => option === name);
    return origin === undefined && wrong && name !== "apiKey" ? "a wrong value" : undefined;
  }

  /**
   * Takes what was entered in the panel.
   *
   * @throws {SettingsRefusedError} saying what is wrong; everything is as it was
   * @throws {StorageError} when it cannot be kept
   */
  save(draft: SettingsDraft): void {
    const panel = this.#panelWith(draft);
    const issues = describeIssues(this.#collect(panel));
    if (issues.length > 0) throw new SettingsRefusedError(issues.join("\n"));
    this.#file.write(panel);
  }

  /** Removes the key that was entered for an origin. */
  removeKey(origin: string): void {
    const { values, keys } = this.panel;
    this.#file.write({ values, keys: Object.fromEntries(Object.entries(keys).filter(([other]) => other !== origin)) });
  }

  /** Every secret that must not leave the server: what the sources hold, also where others overrule it. */
  secrets(draft?: SettingsDraft): string[] {
    const resolved = [this.resolve(), this.resolveOuter()];
    const found = resolved.flatMap(({ settings }) => [
      ...secretsIn(settings.apiKey),
      ...secretsIn(settings.headers),
      ...addressSecrets(settings.baseUrl),
    ]);
    return [...found, ...Object.values(this.panel.keys), ...draft?.key === undefined ? [] : [draft.key.value]];
  }

  /** What somebody has chosen of these settings. */
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

  /** The panel as a draft would leave it. */
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
    throw new SettingsRefusedError(`${name} is set by ${fixedBy}, which counts before this panel. Change it there.`);
  }
}

/** What is missing or wrong, in sentences for a person before the panel. */
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

/** An address is shown in the panel and kept among the values: what is secret in it is refused. */
function requireBareAddress(text: string): void {
  const address = modelAddress.read(text);
  if (address === undefined || addressSecrets(address).length === 0) return;
  throw new SettingsRefusedError(
    "The base URL has a password or a key in it, which would be shown. Leave it out, and enter it as the API key.",
  );
}
