/**
 * A notebook's log in this process, which takes events as the sync server does.
 *
 * @module
 */

import { Notifier } from "../../../src/async/notifier.ts";
import { type StoredEvent, toWire, type WireEvent } from "../../../src/notebook/sync/frames.ts";
import type { SyncBackend } from "../../../src/notebook/sync/sync_backend.ts";
import { noteAdded } from "./notes.ts";

/** Hooks that are called on the way between a session and the log. */
export interface LocalLogHooks {
  /** The most events in a chunk. Default: all there are. */
  chunkEvents?: number;
  /** Called before a chunk is handed out, and waited for. */
  onNext?(): void | Promise<void>;
  /** Called before a batch reaches the log, and waited for. A push that throws fails. */
  onPush?(batch: readonly WireEvent[], signal: AbortSignal): void | Promise<void>;
  /** Called when the session has closed its connection. */
  onClose?(): void;
}

/** A log, of notes for the most part. */
export class LocalLog {
  readonly events: StoredEvent[] = [];
  readonly #changes = new Notifier();

  /** The texts of all notes, in order. */
  get texts(): string[] {
    return this.events.map(({ args }) => (args as { text: string }).text);
  }

  /** Adds notes of another client at the end. */
  write(...texts: string[]): void {
    this.writeEvents(texts.map((text) => ({ name: noteAdded.name, args: { text } })));
  }

  /** Adds events of another client at the end. */
  writeEvents(events: readonly Pick<WireEvent, "name" | "args">[]): void {
    const head = this.events.length;
    this.#append(events.map((event, index) => ({
      ...event,
      seqNum: head + index + 1,
      parentSeqNum: head + index,
      clientId: "bob",
      sessionId: "tab",
    })));
  }

  /** Connects a session: an object with the interface of the real sync backend and its promises. */
  connect({ chunkEvents = Infinity, onNext, onPush, onClose }: LocalLogHooks = {}): SyncBackend {
    let handedOut: number | undefined;
    return {
      next: async () => {
        await this.#changes.until(() => handedOut === undefined || this.events.length > handedOut);
        await onNext?.();
        const events = this.events.slice(handedOut ?? 0).slice(0, chunkEvents);
        handedOut = (handedOut ?? 0) + events.length;
        return { events, remaining: this.events.length - handedOut };
      },
      push: async (batch, signal) => {
        await onPush?.(batch, signal);
        const [{ parentSeqNum }] = batch;
        await this.#changes.until(() => this.events.length >= parentSeqNum, signal);
        if (this.events.length > parentSeqNum) return "server_ahead";
        this.#append(batch.map(toWire));
        return "done";
      },
      close: () => onClose?.(),
    };
  }

  #append(events: readonly StoredEvent[]): void {
    this.events.push(...events);
    this.#changes.notify();
  }
}
