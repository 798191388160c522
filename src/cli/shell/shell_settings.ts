/**
 * The settings of the commands that need a model and no notebook.
 *
 * @module
 */

import { cellSettingNames } from "../../execution/cell_settings.ts";
import { modelServerNames } from "../../options/model_server_names.ts";

/** The settings that a model and its cells depend on. */
export const shellSettings = [
  ...modelServerNames,
  ...cellSettingNames,
  "maxTokensPerSession",
  "price",
  "maxCostPerSession",
  "firstByteTimeout",
  "stallTimeout",
  "logLevel",
  "logFormat",
] as const;

/** The name of such a setting. */
export type ShellSettingName = typeof shellSettings[number];

/** The same for the commands that tell the model of files in a folder. */
export const folderSettings = [...shellSettings, "maxFileCharacters"] as const;

/** The name of such a setting. */
export type FolderSettingName = typeof folderSettings[number];
