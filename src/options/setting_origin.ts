/**
 * The origins of settings.
 *
 * @module
 */

/**
 * The source of a setting's value, and its name there: `--model`, `model`, `AIPYTHON_MODEL`. A default has no name. The settings panel
 * has none either, because it shows the label.
 */
export interface SettingOrigin {
  source: "flag" | "option" | "environment" | "env file" | "panel" | "default";
  name?: string;
}

/**
 * Describes an origin: `--model`, `AIPYTHON_MODEL`, `AIPYTHON_MODEL in the env file`, `the settings panel`, `default`.
 *
 * @param origin the origin; `undefined` for a setting without a value, which gives `not set`
 */
export function describeOrigin(origin: SettingOrigin | undefined): string {
  if (origin === undefined) return "not set";
  const { source, name = "default" } = origin;
  if (source === "panel") return "the settings panel";
  return source === "env file" ? `${name} in the env file` : name;
}
