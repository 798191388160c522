/**
 * Options and settings: one table, every source, one list of all that is wrong.
 *
 * @module
 */

export type { AIPythonAgentOptions, AIPythonSettings, CommandSettings, LogFormat, LogLevel } from "./settings.ts";
export {
  type Environment,
  type ResolvedSettings,
  resolveSettings,
  type SettingOrigin,
  type SettingSources,
} from "./resolve_settings.ts";
export { createRedactor } from "./redactor.ts";
