/**
 * Converts texts to HTML in a worker, one at a time. A text designed to take long does not block the others for long.
 *
 * The time that a text takes is known only after trying it. Texts without anything suspicious come first, and short ones before
 * long ones. Each gets the time that an ordinary text of its length takes. A slower one is stopped and tried again after all that
 * have not been tried.
 *
 * @module
 */

import { isPlain } from "./is_light.ts";
import { type Conversion, MarkupThread } from "./markup_thread.ts";
import type { Markup } from "./to_html.ts";

/** The time limit of a text, in milliseconds. A megabyte of ordinary Markdown takes less than one second. */
const DEADLINE_MS = 2_000;

/**
 * The time limit of a text while untried ones wait: in milliseconds, plus milliseconds per character. In a worker that has just
 * started, ordinary texts take some 50 ms, and 1 to 6 ms per thousand characters; a busy machine is several times slower. A
 * worker takes 300 ms to start, so a much shorter limit would gain nothing.
 */
const FIRST_TRY_MS = 500;
const FIRST_TRY_PER_CHARACTER_MS = 0.006;

/** The order in which texts are tried. Within a rank, shorter ones come first. */
const PLAIN = 0;
const SUSPICIOUS = 1;
const SLOW = 2;

interface Job {
  markup: Markup;
  rank: number;
  onDone: (markup: Markup, conversion: Conversion) => void;
}

/** The waiting texts, at most one per owner. */
export class MarkupQueue {
  readonly #waiting = new Map<object, Job>();
  /**
   * The thread that converts a text or will convert the next one, and a spare one that has loaded by the time the first must be
   * ended.
   */
  #thread?: MarkupThread;
  #spare?: MarkupThread;
  #running?: { owner: object; job: Job; isWanted: boolean };
  #timer?: ReturnType<typeof setTimeout>;

  /**
   * Requests the HTML of a text. It replaces a waiting text of the same owner. A conversion that is running is finished unless it
   * is slow.
   *
   * @param owner any object that identifies the place where the text is shown
   * @param onDone called with the text and the result
   */
  ask(owner: object, markup: Markup, onDone: Job["onDone"]): void {
    // The new text goes to the end of the queue, even if the owner's old one was further ahead.
    this.#waiting.delete(owner);
    this.#waiting.set(owner, { markup, rank: isPlain(markup) ? PLAIN : SUSPICIOUS, onDone });
    this.#next();
  }

  /** Removes an owner's waiting text. */
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

  /**
   * Calls `act` after a time unless the text is done by then. The second timer lets a page that was busy receive the result
   * first.
   */
  #after(ms: number, act: () => void): void {
    this.#timer = setTimeout(() => this.#timer = setTimeout(act), ms);
  }

  /** Returns the text to try next. */
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

  /** Stops a slow text so that others can be tried. Its owner may be gone or have another text by then. */
  #putBehind(): void {
    const { owner, job, isWanted } = this.#running!;
    this.#endThread();
    this.#running = undefined;
    if (isWanted && !this.#waiting.has(owner)) this.#waiting.set(owner, { ...job, rank: SLOW });
    this.#next();
  }

  /** Handles a thread that died. Its text fails; if it never loaded, all waiting texts fail. */
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
