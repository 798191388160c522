/**
 * The settings of commands that ask a model without a notebook.
 *
 * @module
 */

/** Everything that a model and its cells depend on. */
export const shellSettings = [
  "apiKey",
  "model",
  "baseUrl",
  "insecure",
  "organization",
  "project",
  "maxHistoryLength",
  "includeOutputs",
  "reasoning",
  "toolMode",
  "maxOutputPerCell",
  "maxTokensPerSession",
  "firstByteTimeout",
  "stallTimeout",
  "logLevel",
  "logFormat",
] as const;

/** The name of such a setting. */
export type ShellSettingName = typeof shellSettings[number];
