/**
 * A client for measurements that consists of a socket only. It writes events and records when each event of the log
 * arrives.
 *
 * Since it measures when others see an event, it must add almost no time.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import {
  pullFrame,
  pushFrame,
  readServerFrame,
  type ServerFrame,
  type WireEvent,
} from "../../src/notebook/sync/frames.ts";
import { Notifier } from "../../src/async/notifier.ts";
import { socketUrl } from "../../src/notebook/sync/sync_url.ts";

export interface Seen {
  /** The time of arrival, in milliseconds of `performance.now()`. */
  at: number;
  event: WireEvent;
}

export type Written = Pick<WireEvent, "name" | "args">;

/** The time limit of every wait: far longer than anything takes. */
const PATIENCE_MS = 60_000;

export class Witness implements AsyncDisposable {
  /**
   * The events that have arrived, in the order of the log. Events from before the witness was opened are not
   * included.
   */
  readonly seen: Seen[] = [];
  readonly #socket: WebSocket;
  readonly #clientId = `witness-${crypto.randomUUID().slice(0, 8)}`;
  readonly #changes = new Notifier();
  #head = 0;
  #pushes = 0;
  #refused: string | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const at = performance.now();
      const frame = readServerFrame(data);
      if (frame !== undefined) this.#receive(frame, at);
    };
  }

  /**
   * Opens a notebook and reads its log to the end.
   *
   * @param onEarlier called with the events that were already in the log
   */
  static async open(
    { syncUrl, authToken, notebookId }: NotebookAddress,
    onEarlier: (event: WireEvent) => void = () => {},
  ): Promise<Witness> {
    const socket = new WebSocket(socketUrl(syncUrl, notebookId, { authToken }));
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`the notebook at ${syncUrl} cannot be opened`));
    });
    const witness = new Witness(socket);
    const read = Promise.withResolvers<void>();
    witness.#onPulled = read.resolve;
    socket.send(pullFrame("pull", 0));
    await read.promise;
    for (const { event } of witness.seen.splice(0)) onEarlier(event);
    return witness;
  }

  /** The number in the log of the last event that has arrived. */
  get head(): number {
    return this.#head;
  }

  /**
   * Writes events. Retries if another client's events came first.
   *
   * @returns the time when they were written, in milliseconds of `performance.now()`. They have already arrived
   */
  async write(...events: Written[]): Promise<number> {
    while (true) {
      const head = this.#head;
      const requestId = `push-${++this.#pushes}`;
      const batch = events.map((event, index): WireEvent => ({
        ...event,
        seqNum: head + index + 1,
        parentSeqNum: head + index,
        clientId: this.#clientId,
        sessionId: "static",
      }));
      this.#refused = undefined;
      const at = performance.now();
      this.#socket.send(pushFrame(requestId, batch));
      await this.until(() => this.#head > head || this.#refused === requestId);
      const first = this.seen.findLast(({ event }) => event.seqNum === head + 1);
      if (first?.event.clientId === this.#clientId) return at;
      await this.until(() => this.#head > head);
    }
  }

  /** Resolves with the first event after the number `from` of the log that has this name and fulfils the condition. */
  async event(name: string, from: number, condition: (event: WireEvent) => boolean = () => true): Promise<Seen> {
    const isIt = ({ event }: Seen) => event.seqNum > from && event.name === name && condition(event);
    await this.until(() => this.seen.some(isIt));
    return this.seen.find(isIt)!;
  }

  /** Resolves when a condition holds. Checks it again after each event. */
  async until(condition: () => boolean): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new Error(`the awaited event did not arrive within ${PATIENCE_MS / 1000} s`)),
      PATIENCE_MS,
    );
    try {
      await this.#changes.until(condition, late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#socket.onclose = () => resolve());
    // Without a code, sync-cf never answers a close.
    this.#socket.close(1000);
    await closed;
  }

  #onPulled = () => {};

  #receive(frame: ServerFrame, at: number): void {
    if (frame.type === "alive" || frame.type === "acknowledgement") return;
    if (frame.type === "error") this.#refused = frame.requestId;
    else {
      for (const event of frame.events) {
        if (event.seqNum <= this.#head) continue;
        this.#head = event.seqNum;
        this.seen.push({ at, event });
      }
      if (frame.type === "page" && frame.remaining === 0) this.#onPulled();
    }
    this.#changes.notify();
  }
}
