/**
 * Sends a cell's outputs to the notebook: one batch in flight, and what arrives meanwhile is joined into the next.
 *
 * The first text goes out at once; a slow network makes batches larger instead of queues longer, and so does a process that is busy
 * with many notebooks.
 *
 * @module
 */

import type { StreamName } from "../../execution/execution_context.ts";
import type { NotebookEvent } from "../notebook_store.ts";
import type { Clock } from "../../async/clock.ts";
import { breathe } from "../../async/breathe.ts";
import { Notifier } from "../../async/notifier.ts";
import { cutText } from "../../surrogate_pair.ts";

/** The shortest time between two events of text, in milliseconds; IJulia flushes its streams as often. */
const TEXT_INTERVAL_MS = 100;
/**
 * How many times a process's lateness is added to that time: an event costs it some milliseconds, so with fifty streams of text it
 * cannot send ten a second for each, and the first words of a cell would wait behind the later words of others.
 */
const LATENESS_WEIGHT = 20;
/** Timers are never quite exact, in milliseconds. */
const PUNCTUAL_MS = 3;
/** The longest time between two events of text, however busy the process is, in milliseconds: text should still be seen to grow. */
const MAX_TEXT_INTERVAL_MS = 1_000;
/**
 * How much longer a text that is due waits for the next piece of it, in milliseconds, so that an event ends in what has just been
 * written and not in what is half a token's time old: longer than a model takes for a token, too short to be noticed.
 */
const NEXT_PIECE_MS = 30;
/** Text that is this long goes out without waiting, in characters; IJulia's limit is 10 KB. */
const TEXT_IS_LONG = 8_192;
/** The longest text of one event, in characters: a batch must fit into one frame of the sync protocol. */
const MAX_EVENT_TEXT = 65_536;

/** How many events are committed at a time: one takes LiveStore half a millisecond, and everything else waits meanwhile. */
export const MAX_BATCH_EVENTS = 100;

/** Where batches go; a `NotebookStore` is one. */
export interface OutboxTarget {
  /** Writes events. */
  commit(...events: NotebookEvent[]): void;
  /** Waits until the server has them. */
  settled(signal?: AbortSignal): Promise<void>;
  /** All that there will be has been added: what is committed from now on may wait for what follows it. */
  ending?(): void;
}

/** Begins an event of text: called when its place in the order is taken; what it returns makes the event when it is sent. */
export type BeginText = () => (text: string) => NotebookEvent;

/** What text belongs to: one of Python's streams, or the answer of an AI cell. */
export type TextStream = StreamName | "markdown";

type Item =
  | { kind: "event"; event: NotebookEvent | Promise<NotebookEvent> }
  | { kind: "text"; stream: TextStream; text: string; toEvent: (text: string) => NotebookEvent };

/** An ordered queue of outputs on their way to the notebook. */
export class Outbox {
  readonly #target: OutboxTarget;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #changes = new Notifier();
  #waiting: Item[] = [];
  #flushing = 0;
  #lastTextAt = -Infinity;
  /** How many pieces of text were added. */
  #pieces = 0;
  /** What the process's lateness adds to the interval, in milliseconds. */
  #patienceMs = 0;
  #pump: Promise<void> = Promise.resolve();
  #pumping = false;
  #failed = false;
  /** Why an event that was promised will not come. */
  #broken: { reason: unknown } | undefined;

  /**
   * @param target where batches go
   * @param clock measures the time between two events of text
   * @param signal once it is aborted, what still waits is dropped and nothing more is sent
   */
  constructor(target: OutboxTarget, clock: Clock, signal: AbortSignal) {
    this.#target = target;
    this.#clock = clock;
    this.#signal = signal;
  }

  /**
   * Sends an event after everything that was added before it.
   *
   * @param event a promise takes the event's place until it resolves: what is added later waits for it. When it rejects,
   * so does `flush`, and nothing more is sent
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
   * Sends text; it is joined to text of the same stream that still waits.
   *
   * @param begin begins an event, for text that cannot be joined
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
   * Resolves when everything that was added is on its way, where nothing that is committed later can overtake it. The last batch does
   * not wait for the one before it, nor the end of the cell for the last batch.
   *
   * @throws the signal's reason, or what the target failed with; after that failure nothing more is sent
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
    // `flush` tells; until then it is not unhandled.
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
      // Whoever aborted knows; anything else is for `flush` to tell.
      if (this.#signal.aborted) return;
      this.#failed = true;
      throw error;
    } finally {
      this.#waiting = [];
      this.#pumping = false;
    }
  }

  /** Sends a batch of what waits, up to the first event that is still only promised. */
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

  /** Waits until the server has the batch, unless the cell is at its end. */
  async #untilArrived(): Promise<void> {
    let arrived = false;
    let failure: { reason: unknown } | undefined;
    this.#target.settled(this.#signal)
      .then(() => arrived = true, (reason) => failure = { reason })
      .finally(() => this.#changes.notify());
    await this.#changes.until(() => arrived || failure !== undefined || this.#flushing > 0, this.#signal);
    if (failure !== undefined) throw failure.reason;
  }

  /** Waits until the first that waits is more than a promise. */
  async #untilMade(): Promise<void> {
    const isMade = ([first]: Item[]) => first.kind === "text" || !(first.event instanceof Promise);
    await this.#changes.until(() => this.#broken !== undefined || isMade(this.#waiting), this.#signal);
    if (this.#broken !== undefined) throw this.#broken.reason;
  }

  /** A little text waits for more of it, and then for the piece that comes next; anything else goes at once. */
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
    // Where it is due already, too: what the process does first tells how busy it is.
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
