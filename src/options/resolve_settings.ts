/**
 * Resolves settings from their sources: the caller's values, then the process environment, then the `.env` file, then the settings
 * panel, then the defaults.
 *
 * @module
 */

import { ConfigurationError, type ConfigurationIssue } from "../errors.ts";
import { azureVariables } from "./azure_variables.ts";
import { isExposedAddress } from "./exposed_address.ts";
import {
  describeExposed,
  describeMissing,
  describeNoOptions,
  describeWrong,
  describeWrongObject,
  type Wording,
} from "./issue_wording.ts";
import type { OptionEntry } from "./option_entry.ts";
import { findMissingPrice } from "./find_missing_price.ts";
import { findNamelessRuntime } from "./find_nameless_runtime.ts";
import { findModelServer } from "./model_server.ts";
import { namesFor, optionNames } from "./option_names.ts";
import { optionTable } from "./option_table.ts";
import { hasFields, modelKind } from "./object_kinds.ts";
import { serverIssues, withoutServer } from "./own_model.ts";
import { checkProgramOptions, programOptionNames } from "./program_options.ts";
import { unknownOptions } from "./read_options.ts";
import { createRedactor } from "./redactor.ts";
import { secretsIn } from "./secrets_of.ts";
import type { SettingOrigin } from "./setting_origin.ts";
import { emptyVariables, findValues, findVariables, type SettingSources } from "./setting_sources.ts";
import type { AIPythonAgentOptions, AIPythonSettings, AnySettings, ApiSetting } from "./settings.ts";

export interface ResolvedSettings<Settings> {
  settings: Settings;
  /** The source of each setting; absent for one that is not set. */
  origins: { [Name in keyof Settings]?: SettingOrigin };
}

/** The result of {@linkcode collectSettings}. */
export interface CollectedSettings {
  /** The valid settings. */
  settings: Partial<AnySettings>;
  origins: { [Name in keyof AnySettings]?: SettingOrigin };
  /** The missing and wrong settings, without secrets. */
  issues: ConfigurationIssue[];
  /** Hides the secrets of all sources in a text. */
  redact: (text: string) => string;
}

/** The number of random characters in a runtime id. Two runtimes of a notebook practically never get the same one. */
const randomIdLength = 12;

/**
 * Resolves the options of {@linkcode AIPythonAgent}.
 *
 * @param given the options; `undefined` counts as absent, 0 and `false` do not
 * @param sources the other sources; the option `environment` replaces their environment
 * @throws {ConfigurationError} with all missing and wrong settings
 */
export function resolveSettings(
  given: AIPythonAgentOptions = {},
  sources: SettingSources = {},
): ResolvedSettings<AIPythonSettings> {
  if (!hasFields(given)) throw new ConfigurationError([{ message: describeNoOptions(given) }]);
  const options: Readonly<Record<string, unknown>> = { ...given };
  const program = checkProgramOptions(options, sources.environment);
  const environment = program.environment ?? sources.environment;
  const model = modelKind.read(options.model);
  const names = namesFor("library");
  const server = model === undefined ? { given: options, names } : withoutServer(model, options, names);
  const { settings, origins, issues, redact } = collectSettings(
    server.given,
    { ...sources, environment },
    "library",
    server.names,
  );
  if (model !== undefined) issues.push(...serverIssues(options));
  for (const { option, value, expected } of program.wrong) {
    const shown = typeof value === "string" ? redact(value) : value;
    issues.push({ option, message: describeWrongObject(option, shown, expected) });
  }
  issues.push(...unknownOptions(options, [...names, ...programOptionNames]));
  if (issues.length > 0) throw new ConfigurationError(issues);
  return { settings: settings as AIPythonSettings, origins };
}

/**
 * Resolves settings without throwing, so that the command can report wrong settings and wrong flags together.
 *
 * @param given values by option name: text from flags, or a program's values
 * @param wording whether messages are for the command line or for a program
 * @param names the settings to resolve. Default: all settings of the command or of the library
 */
export function collectSettings(
  given: Readonly<Record<string, unknown>>,
  sources: SettingSources,
  wording: Wording,
  names: readonly (keyof AnySettings)[] = namesFor(wording),
): CollectedSettings {
  const randomId = sources.randomId ?? (() => crypto.randomUUID().replaceAll("-", "").slice(0, randomIdLength));
  const redact = createRedactor(secretsAmong(given, sources, wording));
  const server = findModelServer(given, sources, wording);
  const settings: Record<string, unknown> = {};
  const origins: CollectedSettings["origins"] = {};
  const issues: ConfigurationIssue[] = [];
  for (const name of names) {
    const option: OptionEntry<unknown> = optionTable[name];
    const [found] = server.find(name);
    if (found !== undefined) {
      const value = option.kind.read(found.value);
      if (value === undefined) {
        const shown = typeof found.value === "string" ? redact(found.value) : found.value;
        issues.push({ option: name, message: describeWrong(name, shown, found.origin, wording) });
      } else {
        settings[name] = value;
        origins[name] = found.origin;
      }
    } else if (option.fallback?.kind === "required" || (name === "apiKey" && server.requiresKey)) {
      issues.push({
        option: name,
        message: describeMissing(name, wording, emptyVariables(option.environment, sources)),
      });
    } else if (option.fallback !== undefined) {
      settings[name] = option.fallback.kind === "value"
        ? option.fallback.value
        : option.fallback.make(randomId, settings);
      origins[name] = { source: "default" };
    }
  }
  if (server.isResponses && origins.api?.source === "default") {
    settings.api = "responses" satisfies ApiSetting;
    origins.api = origins.baseUrl;
  }
  const { baseUrl, model, api, price, maxCostPerSession = 0 } = settings as Partial<AnySettings>;
  if (baseUrl !== undefined) settings.baseUrl = server.complete(baseUrl, { model: model ?? "", api: api ?? "auto" });
  if (model !== undefined && baseUrl !== undefined && !issues.some(({ option }) => option === "price")) {
    const missing = findMissingPrice({ model, baseUrl, price, maxCostPerSession }, wording);
    if (missing !== undefined) issues.push({ ...missing, message: redact(missing.message) });
  }
  const nameless = findNamelessRuntime(
    { takeBack: settings.takeBack as boolean, runtimeId: origins.runtimeId },
    wording,
  );
  if (nameless !== undefined) {
    issues.push(nameless);
    delete settings.runtimeId;
    delete origins.runtimeId;
  }
  for (const name of addresses) {
    const address = settings[name];
    if (typeof address !== "string" || settings.insecure === true || !isExposedAddress(address)) continue;
    issues.push({ option: name, message: redact(describeExposed(name, address, wording)) });
    delete settings[name];
    delete origins[name];
  }
  return { settings: settings as Partial<AnySettings>, origins, issues, redact };
}

/** Lists the secrets of all sources, also those that another source overrides, before and after reading them. */
function secretsAmong(given: Readonly<Record<string, unknown>>, sources: SettingSources, wording: Wording): string[] {
  const found = optionNames.filter((name) => optionTable[name].secret).flatMap((name) =>
    findValues(name, given, sources, wording).flatMap(({ value }) => [
      ...(typeof value === "string" ? [value] : []),
      ...secretsIn(optionTable[name].kind.read(value)),
    ])
  );
  const azureKeys = findVariables(azureVariables.apiKey, sources).map(({ value }) => String(value));
  return [...found, ...azureKeys, ...Object.values(sources.panel?.keys ?? {})]
    .flatMap((secret) => [secret, secret.trim()]);
}

/** The addresses that secrets are sent to. */
const addresses = ["syncUrl", "baseUrl"] as const;
