/**
 * A person's client of a notebook: a second LiveStore client that edits cells, presses Run, and reads outputs.
 *
 * @module
 */

import type { Logger } from "../../src/logger.ts";
import type { Clock } from "../../src/async/clock.ts";
import { silentLogger } from "../../src/logger.ts";
import { askRefusal } from "../../src/notebook/ask_refusal.ts";
import { NotebookStore } from "../../src/notebook/notebook_store.ts";
import { events, tables } from "../../src/notebook/schema/mod.ts";

/** The time limit for a change of the notebook, in milliseconds: far longer than any change takes. */
const PATIENCE_MS = 30_000;

/** The data that a test needs to open a notebook. */
export interface ClientOptions {
  syncUrl: string;
  authToken: string;
  notebookId: string;
  clientId?: string;
  logger?: Logger;
  /** Measures every wait. Default: the machine's clock. */
  clock?: Clock;
  onRefused?(refusal: Error): void;
  /** Aborts the wait for events. Default: after 30 s. */
  signal?: AbortSignal;
}

/** Opens a notebook as a person's client. */
export async function openClient(options: ClientOptions): Promise<NotebookClient> {
  const { syncUrl, notebookId, authToken } = options;
  const payload = { authToken };
  const store = await NotebookStore.open({
    notebookId,
    clientId: options.clientId ?? `person-${crypto.randomUUID()}`,
    syncUrl,
    payload,
    askRefusal: (signal) => askRefusal({ syncUrl, notebookId, payload }, signal),
    onRefused: options.onRefused,
    logger: options.logger ?? silentLogger,
    clock: options.clock,
  }, options.signal ?? AbortSignal.timeout(30_000));
  return new NotebookClient(store);
}

/** A row of the execution queue. */
export type RequestRow = typeof tables.executionQueue.Type;
/** A row of the outputs. */
export type OutputRow = typeof tables.outputs.Type;

/** A person's client of a notebook. */
export class NotebookClient implements AsyncDisposable {
  readonly store: NotebookStore;
  #cells = 0;
  #requests = 0;
  /** Functions that end pending waits, which a test may have abandoned. */
  readonly #waits = new Set<() => void>();

  constructor(store: NotebookStore) {
    this.store = store;
  }

  /** Adds a cell at the end. Returns its id. */
  addCell(source: string, cellType: "code" | "markdown" | "sql" | "ai" = "code"): string {
    const id = `cell-${++this.#cells}-${crypto.randomUUID().slice(0, 8)}`;
    this.store.commit(
      events.cellCreated2({ id, fractionalIndex: indexOf(this.#cells), cellType, createdBy: "person" }),
      events.cellSourceChanged({ id, source, modifiedBy: "person" }),
    );
    return id;
  }

  /**
   * Presses Run as the web app does. Returns the request's id.
   *
   * @param executionCount the count in the request. Default: the cell's count plus one, as in the app
   */
  run(cellId: string, executionCount = this.#nextCount(cellId)): string {
    const queueId = this.#newQueueId();
    this.store.commit(
      events.cellOutputsCleared({ cellId, wait: false, clearedBy: "person" }),
      events.executionRequested({ queueId, cellId, executionCount, requestedBy: "person" }),
    );
    return queueId;
  }

  /** Presses Run All as the web app does. Returns the requests' ids. */
  runAll(cellIds: string[]): string[] {
    const cellsInfo = cellIds.map((id) => ({
      id,
      queueId: this.#newQueueId(),
      executionCount: this.#nextCount(id),
    }));
    this.store.commit(events.multipleExecutionRequested({ requestedBy: "person", cellsInfo }));
    return cellsInfo.map(({ queueId }) => queueId);
  }

  /** Presses Stop. */
  cancel(queueId: string, cellId: string): void {
    this.store.commit(events.executionCancelled({ queueId, cellId, cancelledBy: "person", reason: "stopped" }));
  }

  /** Presses Clear All Runtimes as the web app does: it ends every active session in a separate commit. */
  clearRuntimes(): void {
    for (const sessionId of this.store.query(tables.runtimeSessions.select("sessionId").where({ isActive: true }))) {
      this.store.commit(events.runtimeSessionTerminated({ sessionId, reason: "displaced" }));
    }
  }

  /** Returns the state of a request. */
  request(queueId: string): RequestRow {
    return this.store.query(tables.executionQueue.where({ id: queueId }))[0];
  }

  /** Returns the outputs of a cell in display order. */
  outputs(cellId: string): readonly OutputRow[] {
    return this.store.query(tables.outputs.where({ cellId }).orderBy("position", "asc"));
  }

  /** Returns the displayed text of a cell's stream. */
  text(cellId: string, streamName: "stdout" | "stderr" = "stdout"): string {
    return this.outputs(cellId).filter((row) => row.streamName === streamName).map((row) => row.data).join("");
  }

  /** Resolves when a request has one of the given states. */
  async requestIs(queueId: string, ...states: string[]): Promise<void> {
    await this.until(tables.executionQueue.where({ id: queueId }), ([row]) => states.includes(row?.status));
  }

  /** Resolves when a cell's stream contains a text. */
  async textHas(cellId: string, text: string, streamName: "stdout" | "stderr" = "stdout"): Promise<void> {
    await this.until(tables.outputs.where({ cellId }), () => this.text(cellId, streamName).includes(text));
  }

  /**
   * Resolves with the rows of a query as soon as they satisfy a condition. Never resolves after the client is closed.
   */
  async until<Rows>(query: { ResultType: Rows }, condition: (rows: Rows) => boolean): Promise<Rows> {
    const found = Promise.withResolvers<Rows>();
    let latest: Rows;
    const stop = this.store.watch<Rows>(query as never, (rows) => {
      latest = rows;
      if (condition(rows)) found.resolve(rows);
    });
    const giveUp = () => found.reject(new Error(`never came true; the rows are ${JSON.stringify(latest)}`));
    const timer = setTimeout(giveUp, PATIENCE_MS);
    const end = () => {
      this.#waits.delete(end);
      clearTimeout(timer);
      stop();
    };
    this.#waits.add(end);
    try {
      return await found.promise;
    } finally {
      end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of [...this.#waits]) end();
    await this.store.close();
  }

  #nextCount(cellId: string): number {
    const [cell] = this.store.query(tables.cells.where({ id: cellId }));
    return (cell?.executionCount ?? 0) + 1;
  }

  #newQueueId(): string {
    return `request-${crypto.randomUUID().slice(0, 8)}-${++this.#requests}`;
  }
}

/** Returns the index of the cell at a position: `a0` to `az`, then `b00` to `bzz`, which are in lexicographic order. */
function indexOf(place: number): string {
  return place < 36 ? `a${place.toString(36)}` : `b${(place - 36).toString(36).padStart(2, "0")}`;
}
