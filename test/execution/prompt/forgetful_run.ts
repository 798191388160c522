/**
 * Runs a cell with a model that knows only the content of its request.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { executeCell } from "../../../src/execution/execute_cell.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import { withoutNotes } from "../../../src/execution/notes.ts";
import { silentLogger } from "../../../src/logger.ts";
import { connectModel } from "../../../src/model/connect_model.ts";
import { type OfflineModelOptions, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { RecordingContext } from "../../support/recording_context.ts";

/** The model, and the length of the past in its request. */
export interface ForgetfulOptions extends OfflineModelOptions {
  /** The maximum number of tokens of the past. Default: as many as the model's context allows. */
  historyTokens?: number;
}

/**
 * Returns the outputs of a cell after a past.
 *
 * @param history the past, whose cells are counted from 1
 * @param code the cell
 */
export async function runForgetful(
  history: readonly HistoryEntry[],
  code: string,
  { historyTokens, ...options }: ForgetfulOptions = {},
): Promise<CellOutput[]> {
  await using server = await startOfflineModel({ forgetful: true, ...options });
  const { signal } = new AbortController();
  const connection = { model: server.name, apiKey: server.apiKey, baseUrl: server.url, api: "chat" as const };
  const model = await connectModel(
    { ...connection, firstByteTimeout: 3_600, stallTimeout: 3_600 },
    silentLogger,
    signal,
  );
  const context = new RecordingContext();
  const settings = { maxHistoryLength: 20, includeOutputs: true, historyTokens };
  const executionCount = history.length + 1;
  await executeCell({ ...settings, model, context, history, code, executionCount, cacheKey: "long", signal });
  return withoutNotes(context.outputs);
}
