/**
 * A notebook's log in this process, which accepts events like the sync server.
 *
 * @module
 */

import { Notifier } from "../../../src/async/notifier.ts";
import { type StoredEvent, toWire, type WireEvent } from "../../../src/notebook/sync/frames.ts";
import type { SyncBackend } from "../../../src/notebook/sync/sync_backend.ts";
import { noteAdded } from "./notes.ts";

/** Hooks that are called between a session and the log. */
export interface LocalLogHooks {
  /** The largest number of events in a chunk. Default: all. */
  chunkEvents?: number;
  /** Called and awaited before a chunk is handed out. */
  onNext?(): void | Promise<void>;
  /** Called and awaited before a batch reaches the log. If it throws, the push fails. */
  onPush?(batch: readonly WireEvent[], signal: AbortSignal): void | Promise<void>;
  /** Called when the session has closed its connection. */
  onClose?(): void;
}

/** A log, mostly of notes. */
export class LocalLog {
  readonly events: StoredEvent[] = [];
  readonly #changes = new Notifier();

  /** The texts of all notes, in order. */
  get texts(): string[] {
    return this.events.map(({ args }) => (args as { text: string }).text);
  }

  /** Appends notes of another client. */
  write(...texts: string[]): void {
    this.writeEvents(texts.map((text) => ({ name: noteAdded.name, args: { text } })));
  }

  /** Appends events of another client. */
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

  /** Connects a session. Returns an object with the interface and the guarantees of the real sync backend. */
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
