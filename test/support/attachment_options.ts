/**
 * The options of an attachment that runs no cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Clock, systemClock } from "../../src/async/clock.ts";
import { silentLogger } from "../../src/logger.ts";
import type { AttachmentOptions } from "../../src/notebook/attachment_options.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import type { SyncServerAddress } from "./attached.ts";

/**
 * Returns options for a new notebook.
 *
 * @param clock default: the system's
 */
export function attachmentOptions(
  { syncUrl, authToken }: SyncServerAddress,
  clock: Clock = systemClock,
): AttachmentOptions {
  return {
    syncUrl,
    authToken,
    notebookId: newNotebookId(),
    runtimeId: "r",
    takeBack: true,
    connectTimeout: 30,
    maxCellsPerMinute: 0,
    allowUsers: [],
    stopOnError: true,
    maxFileCharacters: 0,
    execute: () => assert.fail("nothing is run"),
    logger: silentLogger,
    clock,
  };
}
