/**
 * Sends a cell's outputs to the notebook. One batch is in flight; outputs that are added meanwhile form the next one.
 *
 * The first text is sent immediately. If the network is slow, or the process is busy with many notebooks, the batches get larger and the
 * queue does not get longer.
 *
 * @module
 */

import type { StreamName } from "../../execution/execution_context.ts";
import type { NotebookEvent } from "../notebook_store.ts";
import type { Clock } from "../../async/clock.ts";
import { breathe } from "../../async/breathe.ts";
import { Notifier } from "../../async/notifier.ts";
import { cutText } from "../../surrogate_pair.ts";

/** The shortest interval between two events of text, in milliseconds. IJulia flushes its streams at the same rate. */
const TEXT_INTERVAL_MS = 100;
/**
 * The factor with which timer lateness is added to the interval. An event costs the process some milliseconds. With fifty streams of
 * text it cannot send ten events a second for each, and the first text of a cell would wait for the later text of others.
 */
const LATENESS_WEIGHT = 20;
/** The lateness that every timer has, in milliseconds. */
const PUNCTUAL_MS = 3;
/** The longest interval between two events of text, in milliseconds. Text should still visibly grow in a busy process. */
const MAX_TEXT_INTERVAL_MS = 1_000;
/**
 * How long a text that is due still waits for its next piece, in milliseconds. The event then ends with the newest text. The value is
 * longer than a model takes for a token, and too short to be noticed.
 */
const NEXT_PIECE_MS = 30;
/** The length at which text is sent without waiting, in characters. IJulia's limit is 10 KB. */
const TEXT_IS_LONG = 8_192;
/** The longest text of one event, in characters. A batch has to fit into one frame of the sync protocol. */
const MAX_EVENT_TEXT = 65_536;

/** The number of events that are committed at a time. Each one blocks the process for about half a millisecond. */
export const MAX_BATCH_EVENTS = 100;

/** The destination of batches, for example a `NotebookStore`. */
export interface OutboxTarget {
  commit(...events: NotebookEvent[]): void;
  /** Waits until the server has stored them. */
  settled(signal?: AbortSignal): Promise<void>;
  /** Called after the last output: events that are committed from now on may be held back for the end of the cell. */
  ending?(): void;
}

/** Reserves the position of a text event when called. The returned function makes the event when it is sent. */
export type BeginText = () => (text: string) => NotebookEvent;

/** The destination of text: one of Python's streams, or the answer of an AI cell. */
export type TextStream = StreamName | "markdown";

type Item =
  | { kind: "event"; event: NotebookEvent | Promise<NotebookEvent> }
  | { kind: "text"; stream: TextStream; text: string; toEvent: (text: string) => NotebookEvent };

export class Outbox {
  readonly #target: OutboxTarget;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #changes = new Notifier();
  #waiting: Item[] = [];
  #flushing = 0;
  #lastTextAt = -Infinity;
  /** The number of pieces of text that were added. */
  #pieces = 0;
  /** The addition to the interval because of lateness, in milliseconds. */
  #patienceMs = 0;
  #pump: Promise<void> = Promise.resolve();
  #pumping = false;
  #failed = false;
  /** The reason with which a promised event was rejected. */
  #broken: { reason: unknown } | undefined;

  /**
   * @param clock measures the interval between two events of text
   * @param signal aborts sending; waiting outputs are then dropped
   */
  constructor(target: OutboxTarget, clock: Clock, signal: AbortSignal) {
    this.#target = target;
    this.#clock = clock;
    this.#signal = signal;
  }

  /**
   * Sends an event after everything that was added before it.
   *
   * @param event the event or a promise of it. Later outputs wait for the promise. If it rejects, so does `flush`, and no further output
   * is sent
   */
  add(event: NotebookEvent | Promise<NotebookEvent>): void {
    const item: Item = { kind: "event", event };
    this.#push(item);
    if (!(event instanceof Promise)) return;
    event.then((made) => {
      item.event = made;
    }, (reason) => {
      this.#broken ??= { reason };
    }).finally(() => this.#changes.notify());
  }

  /**
   * Sends text. It is joined with waiting text of the same stream.
   *
   * @param begin makes a new event, if the text cannot be joined
   */
  addText(stream: TextStream, text: string, begin: BeginText): void {
    this.#pieces += 1;
    const last = this.#waiting.at(-1);
    if (last?.kind === "text" && last.stream === stream && last.text.length + text.length <= MAX_EVENT_TEXT) {
      last.text += text;
      this.#changes.notify();
      return;
    }
    for (const piece of cutText(text, MAX_EVENT_TEXT)) {
      this.#push({ kind: "text", stream, text: piece, toEvent: begin() });
    }
  }

  /**
   * Resolves when all outputs have been handed to the target, so that later commits come after them. Does not wait for the confirmation of
   * the last two batches.
   *
   * @throws the signal's reason, or the error of the target; after such an error no further output is sent
   */
  async flush(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#target.ending?.();
    this.#flushing++;
    this.#changes.notify();
    try {
      await this.#pump;
    } finally {
      this.#flushing--;
    }
    this.#signal.throwIfAborted();
  }

  #push(item: Item): void {
    if (this.#signal.aborted || this.#failed) return;
    this.#waiting.push(item);
    this.#changes.notify();
    if (this.#pumping) return;
    this.#pump = this.#run();
    // `flush` reports the error. Without this, it would be an unhandled rejection until then.
    this.#pump.catch(() => {});
  }

  async #run(): Promise<void> {
    this.#pumping = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#untilMade();
        await this.#untilDue();
        this.#signal.throwIfAborted();
        this.#commit();
        await this.#untilArrived();
        if (this.#waiting.length >= MAX_BATCH_EVENTS) await breathe();
      }
    } catch (error) {
      // The caller knows about its own abort. `flush` reports any other error.
      if (this.#signal.aborted) return;
      this.#failed = true;
      throw error;
    } finally {
      this.#waiting = [];
      this.#pumping = false;
    }
  }

  /** Sends a batch of the waiting outputs, up to the first event that is still a promise. */
  #commit(): void {
    const events: NotebookEvent[] = [];
    for (const item of this.#waiting.slice(0, MAX_BATCH_EVENTS)) {
      if (item.kind === "text") {
        events.push(item.toEvent(item.text));
        this.#lastTextAt = this.#clock.now();
      } else if (item.event instanceof Promise) break;
      else events.push(item.event);
    }
    this.#waiting = this.#waiting.slice(events.length);
    this.#target.commit(...events);
  }

  /** Waits until the server has stored the batch, or `flush` is called. */
  async #untilArrived(): Promise<void> {
    let arrived = false;
    let failure: { reason: unknown } | undefined;
    this.#target.settled(this.#signal)
      .then(() => arrived = true, (reason) => failure = { reason })
      .finally(() => this.#changes.notify());
    await this.#changes.until(() => arrived || failure !== undefined || this.#flushing > 0, this.#signal);
    if (failure !== undefined) throw failure.reason;
  }

  /** Waits until the first output is not a promise any more. */
  async #untilMade(): Promise<void> {
    const isMade = ([first]: Item[]) => first.kind === "text" || !(first.event instanceof Promise);
    await this.#changes.until(() => this.#broken !== undefined || isMade(this.#waiting), this.#signal);
    if (this.#broken !== undefined) throw this.#broken.reason;
  }

  /** Delays a short text until the interval is over, and then until its next piece comes. Other outputs are sent immediately. */
  async #untilDue(): Promise<void> {
    if (this.#lastTextAt === -Infinity) return;
    const now = this.#clock.now();
    const dueAt = Math.max(now, this.#lastTextAt + TEXT_INTERVAL_MS + this.#patienceMs);
    let awaited: number | undefined;
    let isOver = false;
    const end = () => {
      isOver = true;
      this.#changes.notify();
    };
    // The timer is also set when the text is already due, because its lateness shows how busy the process is.
    let cancelTimer = this.#clock.setTimer(() => {
      this.#learnLateness(this.#clock.now() - dueAt);
      if (dueAt === now) return end();
      awaited = this.#pieces;
      cancelTimer = this.#clock.setTimer(end, NEXT_PIECE_MS);
    }, dueAt - now);
    const hasCome = () => awaited !== undefined && this.#pieces > awaited;
    try {
      await this.#changes.until(() => isOver || hasCome() || this.#flushing > 0 || !this.#isLittleText(), this.#signal);
    } finally {
      cancelTimer();
    }
  }

  #learnLateness(ms: number): void {
    const most = Math.max(0, MAX_TEXT_INTERVAL_MS - TEXT_INTERVAL_MS);
    this.#patienceMs = Math.min(most, LATENESS_WEIGHT * Math.max(0, ms - PUNCTUAL_MS));
  }

  #isLittleText(): boolean {
    const [first] = this.#waiting;
    return this.#waiting.length === 1 && first?.kind === "text" && first.text.length < TEXT_IS_LONG;
  }
}
