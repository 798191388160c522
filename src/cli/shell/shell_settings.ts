/**
 * The settings of the commands that need a model but no notebook.
 *
 * @module
 */

import { cellSettingNames } from "../../execution/cell_settings.ts";
import { modelServerNames } from "../../options/model_server_names.ts";

/** The settings of the model and of cells. */
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

export type ShellSettingName = typeof shellSettings[number];

/** The settings of the commands that also send files in a folder to the model. */
export const folderSettings = [...shellSettings, "maxFileCharacters"] as const;

export type FolderSettingName = typeof folderSettings[number];
