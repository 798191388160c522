/**
 * The settings of commands that ask a model without a notebook.
 *
 * @module
 */

import { cellSettingNames } from "../execution/cell_settings.ts";

/** Everything that a model and its cells depend on. */
export const shellSettings = [
  "apiKey",
  "model",
  "baseUrl",
  "insecure",
  "organization",
  "project",
  ...cellSettingNames,
  "maxTokensPerSession",
  "firstByteTimeout",
  "stallTimeout",
  "logLevel",
  "logFormat",
] as const;

/** The name of such a setting. */
export type ShellSettingName = typeof shellSettings[number];
