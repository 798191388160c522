/**
 * Has texts turned into HTML by a worker, one after the other, so that texts made to take long keep no other waiting for long.
 *
 * What a text takes shows only when it is tried. So those in which nothing is seen that could take long come first, and short ones before long ones; each is given the
 * time that an ordinary text of its length takes, and one that takes longer goes behind all that have not been tried.
 *
 * @module
 */

import { isPlain } from "./is_light.ts";
import { type Conversion, MarkupThread } from "./markup_thread.ts";
import type { Markup } from "./to_html.ts";

/** How long a text may take, in milliseconds. A megabyte of ordinary markdown takes less than one second. */
const DEADLINE_MS = 2_000;

/**
 * How long a text may take while others wait that have not been tried: in milliseconds, and besides in milliseconds a character. In a
 * worker that has just started, ordinary texts take some 50 ms and 1 to 6 ms a thousand characters, and a busy machine is several
 * times slower. The worker for the next text takes 300 ms to start, so that a much shorter time would gain nothing.
 */
const FIRST_TRY_MS = 500;
const FIRST_TRY_PER_CHARACTER_MS = 0.006;

/** In which order texts are tried; of one rank, shorter ones first. */
const PLAIN = 0;
const SUSPICIOUS = 1;
const SLOW = 2;

interface Job {
  markup: Markup;
  rank: number;
  onDone: (markup: Markup, conversion: Conversion) => void;
}

/** The texts that wait, at most one of each owner. */
export class MarkupQueue {
  readonly #waiting = new Map<object, Job>();
  /** The thread that has a text, or has the next; and one that has loaded by the time that it must be ended. */
  #thread?: MarkupThread;
  #spare?: MarkupThread;
  #running?: { owner: object; job: Job; isWanted: boolean };
  #timer?: ReturnType<typeof setTimeout>;

  /**
   * Asks for a text's HTML. A text of the same owner that still waits is left out; one that is under way is finished, unless it is slow.
   *
   * @param owner whatever stands for the place where the text is shown
   * @param onDone called with the text and what became of it
   */
  ask(owner: object, markup: Markup, onDone: Job["onDone"]): void {
    // Behind those that are there, though the owner may have been before them.
    this.#waiting.delete(owner);
    this.#waiting.set(owner, { markup, rank: isPlain(markup) ? PLAIN : SUSPICIOUS, onDone });
    this.#next();
  }

  /** Leaves out what an owner waits for. */
  forget(owner: object): void {
    this.#waiting.delete(owner);
    if (this.#running?.owner === owner) this.#running.isWanted = false;
  }

  #next(): void {
    if (this.#running !== undefined || this.#waiting.size === 0) return;
    const thread = this.#thread ??= this.#spare ?? this.#start();
    if (thread === this.#spare) this.#spare = undefined;
    if (!thread.isReady) return;
    const [owner, job] = this.#first();
    this.#waiting.delete(owner);
    this.#running = { owner, job, isWanted: true };
    if (this.#waiting.size > 0) this.#spare ??= this.#start();
    thread.convert(job.markup);
    const limitMs = FIRST_TRY_MS + FIRST_TRY_PER_CHARACTER_MS * job.markup.source.length;
    if (job.rank === SLOW || limitMs >= DEADLINE_MS) this.#giveUpAfter(DEADLINE_MS);
    else {
      this.#after(limitMs, () => {
        if (this.#waiting.size > 0 && this.#first()[1].rank < SLOW) this.#putBehind();
        else this.#giveUpAfter(DEADLINE_MS - limitMs);
      });
    }
  }

  /** Does something later, unless the text is done by then. A page that was busy meanwhile must hear of that first. */
  #after(ms: number, act: () => void): void {
    this.#timer = setTimeout(() => this.#timer = setTimeout(act), ms);
  }

  /** What is tried next. */
  #first(): [owner: object, job: Job] {
    return [...this.#waiting].reduce((first, entry) => isBefore(entry[1], first[1]) ? entry : first);
  }

  #start(): MarkupThread {
    const thread: MarkupThread = new MarkupThread({
      onReady: () => this.#next(),
      onDone: (conversion) => this.#finish(conversion),
      onBroken: () => this.#lose(thread),
    });
    return thread;
  }

  #giveUpAfter(ms: number): void {
    this.#after(ms, () => {
      this.#endThread();
      this.#finish({ excess: "takes too long to be drawn" });
    });
  }

  /** Breaks the text off that takes long, for the sake of others. Its owner may be gone, or have another text. */
  #putBehind(): void {
    const { owner, job, isWanted } = this.#running!;
    this.#endThread();
    this.#running = undefined;
    if (isWanted && !this.#waiting.has(owner)) this.#waiting.set(owner, { ...job, rank: SLOW });
    this.#next();
  }

  /** A thread has died: with its text; or with all that wait, where none loads. */
  #lose(thread: MarkupThread): void {
    if (thread === this.#spare) {
      this.#spare = undefined;
      return;
    }
    const excess = "needs a part of the page that does not load";
    if (!thread.isReady) {
      const jobs = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { markup, onDone } of jobs) onDone(markup, { excess });
    }
    this.#endThread();
    this.#finish({ excess });
  }

  #endThread(): void {
    this.#thread?.end();
    this.#thread = undefined;
  }

  #finish(conversion: Conversion): void {
    clearTimeout(this.#timer);
    const job = this.#running?.job;
    this.#running = undefined;
    job?.onDone(job.markup, conversion);
    this.#next();
  }
}

function isBefore(one: Job, other: Job): boolean {
  return one.rank < other.rank || one.rank === other.rank && one.markup.source.length < other.markup.source.length;
}
