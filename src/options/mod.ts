/**
 * Options and settings: the table of options, the resolution from all sources, and the list of issues.
 *
 * @module
 */

export type { AIPythonAgentOptions, AIPythonSettings, CommandSettings, LogFormat, LogLevel } from "./settings.ts";
export type { SettingOrigin } from "./setting_origin.ts";
export type { Environment, PanelSettings, SettingSources } from "./setting_sources.ts";
export { type ResolvedSettings, resolveSettings } from "./resolve_settings.ts";
export { createRedactor } from "./redactor.ts";
