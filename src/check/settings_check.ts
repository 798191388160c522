/**
 * Checks the settings: lists each with its origin, and reports the missing and wrong ones.
 *
 * @module
 */

import { ConfigurationError } from "../errors.ts";
import { bareAddress } from "../options/bare_address.ts";
import type { OptionKind } from "../options/option_kind.ts";
import { commandOptionNames } from "../options/option_names.ts";
import { optionTable } from "../options/option_table.ts";
import { hidden } from "../options/redactor.ts";
import type { CollectedSettings } from "../options/resolve_settings.ts";
import { describeOrigin } from "../options/setting_origin.ts";
import type { CommandSettings } from "../options/settings.ts";
import { type CheckResult, fail, ok } from "./check_result.ts";

export type SettingsToCheck = Pick<CollectedSettings, "settings" | "origins" | "issues">;

/** A setting as it is shown. */
export interface SettingRow {
  /** Its name in the options. */
  name: keyof CommandSettings;
  /** Its value, hidden if it is a secret; `null` if it is not set. */
  value: string | number | boolean | null;
  /** The origin of its value: `--model`, `AIPYTHON_MODEL`, `AIPYTHON_MODEL in the env file`, `default`; `not set`, `wrong`. */
  origin: string;
}

/** Lists every setting as it is shown, in the order of help. */
export function listSettings({ settings, origins, issues }: SettingsToCheck): SettingRow[] {
  const faulty = new Set(issues.map(({ option }) => option));
  return commandOptionNames.map((name) => ({
    name,
    value: showValue(name, settings[name]),
    origin: faulty.has(name) ? "missing or wrong" : describeOrigin(origins[name]),
  }));
}

export function checkSettings(input: SettingsToCheck): CheckResult {
  const { issues } = input;
  const rows = listSettings(input);
  const details = {
    settings: Object.fromEntries(rows.map(({ name, value, origin }) => [name, { value, origin }])),
    issues: issues.map(({ option = null, message }) => ({ option, message })),
  };
  if (issues.length === 0) return ok("settings", "complete", details);
  const labels = issues.map(({ option }) => optionTable[option as keyof CommandSettings]?.label ?? option);
  const failure = new ConfigurationError([{ message: `missing or wrong: ${labels.join(", ")}` }]);
  return fail("settings", failure, issues.map(({ message }) => message).join("\n"), details);
}

function showValue(name: keyof CommandSettings, value: CommandSettings[typeof name]): SettingRow["value"] {
  if (value === undefined) return null;
  const { write }: Pick<OptionKind<unknown>, "write"> = optionTable[name].kind;
  if (write !== undefined) return write(value);
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "object") {
    return Object.entries(value).map(([header, text]) => `${header}: ${describeSecret(text)}`).join("; ");
  }
  if (optionTable[name].secret) return describeSecret(String(value));
  return name === "syncUrl" || name === "baseUrl" ? bareAddress(String(value)) : value;
}

/** Writes the length of a secret, which shows whether a key was cut off. */
function describeSecret(secret: string): string {
  return `${hidden}, ${secret.length} characters`;
}
