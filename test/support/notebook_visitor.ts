/**
 * A person's client of a notebook over a plain socket. Fifty LiveStore clients would need more time than the agent.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { readServerFrame, type StoredEvent, type WireEvent } from "../../src/notebook/sync/frames.ts";
import { PING_FRAME, pullFrame, pushFrame } from "../../src/notebook/sync/frames.ts";
import { socketUrl } from "../../src/notebook/sync/sync_url.ts";

/** An event as a client writes it, without its position in the log. */
export type WrittenEvent = Pick<WireEvent, "name" | "args">;

/** A cell's times since its request, in milliseconds. */
export interface CellTimes {
  /** The time until the first output arrived. */
  firstOutput: number;
  /** The time until the completion arrived. */
  completed: number;
}

/** The interval of pings in milliseconds. Idle sockets are closed. */
const PING_EVERY_MS = 10_000;

/** A client of a notebook. */
export class NotebookVisitor {
  readonly #socket: WebSocket;
  readonly #clientId = `visitor-${crypto.randomUUID()}`;
  readonly #pings: ReturnType<typeof setInterval>;
  #head = 0;
  #isUpToDate = false;
  #pushes = 0;
  #runs = 0;
  readonly #listeners = new Set<(event: StoredEvent) => void>();
  /** The events that are not in the log yet. */
  #unsent: WrittenEvent[] = [];

  private constructor({ syncUrl, authToken, notebookId }: NotebookAddress) {
    this.#socket = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }));
    this.#pings = setInterval(() => this.#socket.send(PING_FRAME), PING_EVERY_MS);
  }

  /** Opens a notebook. Resolves when its log has been read. */
  static async open(address: NotebookAddress): Promise<NotebookVisitor> {
    const visitor = new NotebookVisitor(address);
    const ready = Promise.withResolvers<void>();
    const socket = visitor.#socket;
    socket.onopen = () => socket.send(pullFrame("log", 0));
    socket.onclose = () => ready.reject(new Error("the sync server closed the socket"));
    socket.onmessage = ({ data }) => {
      visitor.#receive(data);
      if (visitor.#isUpToDate) ready.resolve();
    };
    await ready.promise;
    return visitor;
  }

  /** Adds a cell. Returns its id. */
  addCell(source: string): string {
    const id = `cell-${crypto.randomUUID()}`;
    this.write(
      { name: "v2.CellCreated", args: { id, fractionalIndex: "a0", cellType: "code", createdBy: "visitor" } },
      { name: "v1.CellSourceChanged", args: { id, source, modifiedBy: "visitor" } },
    );
    return id;
  }

  /** Presses Run. Resolves when the completion of the cell has arrived. */
  async run(cellId: string): Promise<CellTimes> {
    const queueId = crypto.randomUUID();
    const over = Promise.withResolvers<CellTimes>();
    const startedAt = performance.now();
    let firstOutput: number | undefined;
    const stop = this.listen(({ name, args }) => {
      if (name === "v1.TerminalOutputAdded") firstOutput ??= performance.now() - startedAt;
      const ended = args as { queueId: string; error?: string };
      if (name !== "v1.ExecutionCompleted" || ended.queueId !== queueId) return;
      const completed = performance.now() - startedAt;
      if (firstOutput === undefined) over.reject(new Error(`a cell has ended without an output: ${ended.error}`));
      else over.resolve({ firstOutput, completed });
    });
    this.write({
      name: "v1.ExecutionRequested",
      args: { queueId, cellId, executionCount: ++this.#runs, requestedBy: "visitor" },
    });
    return await over.promise.finally(stop);
  }

  /** Calls a listener with every further event of the log, until the returned function is called. */
  listen(listener: (event: StoredEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Writes any events into the log. Other clients may write at the same time. */
  write(...events: WrittenEvent[]): void {
    this.#unsent.push(...events);
    this.#send();
  }

  /** The number of events in the log. */
  get events(): number {
    return this.#head;
  }

  /** Closes the client. Resolves when the socket is closed. */
  async close(): Promise<void> {
    clearInterval(this.#pings);
    const closed = new Promise((resolve) => this.#socket.onclose = resolve);
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close(1000);
    await closed;
  }

  #send(): void {
    const batch = this.#unsent.map((event, index) => ({
      ...event,
      seqNum: this.#head + index + 1,
      parentSeqNum: this.#head + index,
      clientId: this.#clientId,
      sessionId: "static",
    }));
    if (batch.length > 0) this.#socket.send(pushFrame(`push-${++this.#pushes}`, batch));
  }

  #receive(data: unknown): void {
    const frame = readServerFrame(data);
    if (frame?.type === "page") this.#isUpToDate = frame.remaining === 0;
    if (frame?.type === "page" || frame?.type === "broadcast") {
      for (const event of frame.events) {
        if (event.seqNum <= this.#head) continue;
        this.#head = event.seqNum;
        if (event.clientId === this.#clientId) this.#unsent.shift();
        for (const listener of this.#listeners) listener(event);
      }
    }
    // Another client wrote first. The next free position arrives with a broadcast, if it has not arrived already.
    if (frame?.type === "error") setTimeout(() => this.#send(), 5);
  }
}
