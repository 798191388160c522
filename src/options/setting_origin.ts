/**
 * Where a setting's value came from.
 *
 * @module
 */

/**
 * The source of a setting's value, and the name that it has there: `--model`, `model`, `AIPYTHON_MODEL`; no name for a default, nor for
 * the settings panel, which shows it under its label.
 */
export interface SettingOrigin {
  /** The source. */
  source: "flag" | "option" | "environment" | "env file" | "panel" | "default";
  /** The name in that source. */
  name?: string;
}

/**
 * Names an origin: `--model`, `AIPYTHON_MODEL`, `AIPYTHON_MODEL in the env file`, `the settings panel`, `default`.
 *
 * @param origin absent for a setting without a value, which is `not set`
 */
export function describeOrigin(origin: SettingOrigin | undefined): string {
  if (origin === undefined) return "not set";
  const { source, name = "default" } = origin;
  if (source === "panel") return "the settings panel";
  return source === "env file" ? `${name} in the env file` : name;
}
