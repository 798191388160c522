/**
 * Options and settings: one table, all sources, one list of everything that is wrong.
 *
 * @module
 */

export type { AIPythonAgentOptions, AIPythonSettings, CommandSettings, LogFormat, LogLevel } from "./settings.ts";
export type { SettingOrigin } from "./setting_origin.ts";
export type { Environment, PanelSettings, SettingSources } from "./setting_sources.ts";
export { type ResolvedSettings, resolveSettings } from "./resolve_settings.ts";
export { createRedactor } from "./redactor.ts";
