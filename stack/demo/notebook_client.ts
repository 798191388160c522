/**
 * A second client of a notebook, which does the work of the web app: writes cells, runs them and watches their
 * outputs.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import type { QueryBuilder } from "@livestore/livestore";
import { unlessAborted } from "../../src/async/unless_aborted.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { MimeBundle } from "../../src/media/mime_bundle.ts";
import { silentLogger } from "../../src/logger.ts";
import type { NotebookFile } from "../../src/nbformat/notebook_file.ts";
import { askRefusal } from "../../src/notebook/ask_refusal.ts";
import { fetchIdentity } from "../../src/notebook/identity.ts";
import { NotebookStore } from "../../src/notebook/notebook_store.ts";
import { wholeTraceback } from "../../src/notebook/schema/error_content.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";
import { describePicture } from "./describe_picture.ts";
import type { CellOutcome, FinalStatus } from "./differences.ts";
import type { IdentifiedOutput } from "./output_follower.ts";

type OutputRow = typeof tables.outputs.rowSchema.Type;

export class NotebookClient implements AsyncDisposable {
  readonly #notebook: NotebookStore;
  readonly #userId: string;

  private constructor(notebook: NotebookStore, userId: string) {
    this.#notebook = notebook;
    this.#userId = userId;
  }

  /** Opens a notebook as the web app does: with a token, and without being a runtime. */
  static async open(
    { syncUrl, notebookId, authToken }: NotebookAddress,
    signal: AbortSignal,
  ): Promise<NotebookClient> {
    const user = await fetchIdentity({ syncUrl, authToken }, signal);
    const payload = { authToken };
    const refused = new AbortController();
    const notebook = await NotebookStore.open({
      notebookId,
      clientId: `demo-${crypto.randomUUID()}`,
      syncUrl,
      payload,
      askRefusal: (signal) => askRefusal({ syncUrl, notebookId, payload }, signal),
      onRefused: (refusal) => refused.abort(refusal),
      logger: silentLogger,
    }, AbortSignal.any([signal, refused.signal]));
    return new NotebookClient(notebook, user.id);
  }

  /** Writes a file's cells into the empty notebook, and returns their ids in order. */
  create(notebookId: string, { title, cells }: Pick<NotebookFile, "title" | "cells">): string[] {
    const createdBy = this.#userId;
    const ids = cells.map(() => `cell-${crypto.randomUUID()}`);
    this.#notebook.commit(
      events.notebookInitialized({ id: notebookId, title, ownerId: createdBy }),
      ...cells.flatMap(({ type, source }, index) => [
        events.cellCreated2({ id: ids[index], fractionalIndex: fractionalIndex(index), cellType: type, createdBy }),
        events.cellSourceChanged({ id: ids[index], source, modifiedBy: createdBy }),
      ]),
    );
    return ids;
  }

  async runtimeReady(signal: AbortSignal): Promise<void> {
    const ready = tables.runtimeSessions.select("sessionId").where({ isActive: true, status: "ready" });
    await this.#until(ready, (rows: readonly string[]) => rows.length > 0 || undefined, signal);
  }

  /**
   * Runs a cell as the app's Run button does, with the cell's own count, and waits for its end.
   *
   * @param onOutputs called after each change with all outputs of the cell, in order
   */
  async run(
    cellId: string,
    onOutputs: (outputs: IdentifiedOutput[]) => void,
    signal: AbortSignal,
  ): Promise<CellOutcome> {
    const queueId = `exec-${crypto.randomUUID()}`;
    const outputsOfCell = tables.outputs.where({ cellId }).orderBy("position", "asc");
    const [cell] = this.#notebook.query(tables.cells.where({ id: cellId }));
    const executionCount = (cell?.executionCount ?? 0) + 1;
    this.#notebook.commit(
      events.cellOutputsCleared({ cellId, wait: false, clearedBy: this.#userId }),
      events.executionRequested({ queueId, cellId, executionCount, requestedBy: this.#userId }),
    );
    const stopWatching = this.#notebook.watch(
      outputsOfCell,
      (rows: readonly OutputRow[]) => onOutputs(rows.flatMap(toOutput)),
    );
    try {
      const statusOfRequest = tables.executionQueue.select("status").where({ id: queueId });
      const status = await this.#until(statusOfRequest, ([now]: readonly string[]) => finalStatus(now), signal);
      // The watch of the status may run before that of the last outputs, although the events are in the opposite
      // order.
      const outputs = this.#notebook.query(outputsOfCell).flatMap(toOutput);
      onOutputs(outputs);
      return { status, outputs: outputs.map(({ output }) => output) };
    } finally {
      stopWatching();
    }
  }

  /** Leaves the notebook. */
  close(): Promise<void> {
    return this.#notebook.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Waits until `find` returns a value for a query's rows. */
  async #until<Rows, Found>(
    query: QueryBuilder.Any,
    find: (rows: Rows) => Found | undefined,
    signal: AbortSignal,
  ): Promise<Found> {
    signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<Found>();
    const stopWatching = this.#notebook.watch<Rows>(query, (rows) => {
      const found = find(rows);
      if (found !== undefined) resolve(found);
    });
    try {
      return await unlessAborted(promise, signal);
    } finally {
      stopWatching();
    }
  }
}

/**
 * Returns the position of the cell with this number: `a00m`, `a01m`, ... The last character leaves room before,
 * between and after. There is room for 36 * 36 cells.
 */
function fractionalIndex(index: number): string {
  return `a${index.toString(36).padStart(2, "0")}m`;
}

function finalStatus(status: string | undefined): FinalStatus | undefined {
  return status === "completed" || status === "failed" || status === "cancelled" ? status : undefined;
}

function toOutput(row: OutputRow): IdentifiedOutput[] {
  const output = readOutput(row);
  return output === undefined ? [] : [{ id: row.id, output, picture: describePicture(row.representations ?? {}) }];
}

function readOutput({ outputType, streamName, data, representations }: OutputRow): CellOutput | undefined {
  switch (outputType) {
    case "terminal":
      return { type: "stream", name: streamName === "stderr" ? "stderr" : "stdout", text: data ?? "" };
    case "multimedia_result":
      return { type: "execute_result", data: inlineParts(representations) };
    case "multimedia_display":
      return { type: "display_data", data: inlineParts(representations) };
    case "markdown":
      return { type: "display_data", data: { "text/markdown": data ?? "" } };
    case "error":
      return readError(data ?? `{"ename":"Error","evalue":"","traceback":[]}`);
  }
}

function readError(data: string): CellOutput {
  const error = JSON.parse(data);
  return { type: "error", ...error, traceback: wholeTraceback(error) };
}

/** Returns the inline representations. Uploaded artifacts are left out: the picture's description covers them. */
function inlineParts(representations: OutputRow["representations"]): MimeBundle {
  const bundle: MimeBundle = {};
  for (const [mime, content] of Object.entries(representations ?? {})) {
    if (content.type === "inline") bundle[mime] = content.data;
  }
  return bundle;
}
