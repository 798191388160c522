/**
 * Follows the notebook's log on the server: pulls what is missing, takes what is broadcast, and fills holes.
 *
 * @module
 */

import { Backoff } from "../../async/backoff.ts";
import type { Clock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import { pullFrame, type ServerFrame, type StoredEvent, type WireEvent } from "./frames.ts";
import { LogHead } from "./log_head.ts";
import { type LogReplacement, ReplacedLog } from "./replaced_log.ts";

/** How long an answer to a pull may take, in milliseconds; a page that arrives starts it anew. */
const PULL_TIMEOUT_MS = 30_000;
/** The pauses between pulls while an event is missing, in milliseconds: the server's database lags behind its broadcasts. */
const MISSING_EVENT_PAUSES = { firstMs: 300, maxMs: 3_000, factor: 1.5 };
/** After this long a missing event is lost, in milliseconds: a server killed while storing leaves a hole for good. */
const LOST_AFTER_MS = 15_000;
/** A hole of more events than this is no loss but nonsense, and filling it could take all memory. A notebook of 10,000 is a large one. */
const MOST_FILLED = 100_000;
/** A hole before an event that is this old is not a delay, in milliseconds. */
const OLD_EVENT_MS = 60_000;

/** The pause before a suspect event is looked at again, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/** What a follower needs. */
export interface LogFollowerOptions {
  /** Sends a frame to the server. */
  send(frame: string): void;
  /** Gives the connection up, because the server does not do what it must. */
  drop(reason: string): void;
  /** Takes events that continue the log, in order. */
  onEvents(events: StoredEvent[]): void;
  /** Called whenever {@linkcode LogFollower.upToDate} may have changed. */
  onChange(): void;
  /** The server's log is no longer the one that was followed. Default: it is followed no further. */
  onReplaced?(replacement: LogReplacement): void;
  /** Makes the event that fills the place of a lost one. */
  fillerFor(seqNum: number): StoredEvent;
  logger: Logger;
  clock: Clock;
}

interface Gap {
  /** The head that the missing event would continue. */
  head: number;
  sinceMs: number;
  pulls: number;
  pauses: Backoff;
}

/** Follows one log over any number of connections. */
export class LogFollower {
  readonly log = new LogHead();
  readonly #options: LogFollowerOptions;
  #open = false;
  #pullId: string | undefined;
  #pulls = 0;
  /** Broadcast events that do not continue the log yet. */
  #early: StoredEvent[] = [];
  /** The first event behind a hole in a pull's answer. */
  #behindGap: StoredEvent | undefined;
  /** The places beyond our log at which we know of an event: the server has broadcast it, or acknowledged it to us. */
  readonly #announced = new Set<number>();
  /** The highest event that is known to exist on the server. */
  #knownHead = 0;
  #gap: Gap | undefined;
  readonly #replaced: ReplacedLog;
  #cancelTimer = () => {};

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    this.#replaced = new ReplacedLog(options.clock);
  }

  /** Whether everything that the server is known to have is here. Only then may events be pushed. */
  get upToDate(): boolean {
    return this.#open && this.#pullId === undefined && this.#replaced.suspect === undefined &&
      this.log.seqNum >= this.#knownHead;
  }

  /** A connection is open: pull from the last event that we hold, to see that it is still there. */
  opened(): void {
    this.#open = true;
    this.#pull(this.log.overlap);
  }

  /** The connection is gone, and with it what we know of the server: it may have forgotten what it was storing. */
  closed(): void {
    this.#open = false;
    this.#pullId = undefined;
    this.#early = [];
    this.#knownHead = 0;
    this.#gap = undefined;
    this.#replaced.trust();
    this.#cancelTimer();
    this.#options.onChange();
  }

  /** The server has said that its log ends at `seqNum`. */
  serverHeadIs(seqNum: number): void {
    if (seqNum < this.log.seqNum) return this.#shorter(seqNum);
    this.#replaced.reaches();
    this.#knownHead = Math.max(this.#knownHead, seqNum);
    if (this.#open && this.#pullId === undefined && this.log.seqNum < this.#knownHead) this.#pull();
    this.#options.onChange();
  }

  /** The server has acknowledged events that we pushed; they are in the log when they come back. */
  acknowledged(events: readonly WireEvent[]): void {
    this.#announce(events);
  }

  /** Takes a frame that may concern the log. */
  receive(frame: ServerFrame): void {
    if (frame.type === "broadcast") {
      this.#announce(frame.events);
      this.#early.push(...frame.events);
      const differing = this.log.differingFrom(frame.events);
      if (differing !== undefined) this.#lookAt(differing);
      else if (this.#pullId === undefined && this.#replaced.suspect === undefined) this.#join();
    } else if (frame.type === "page" && frame.requestId === this.#pullId) {
      if (!this.#isOurs(frame.events)) return;
      this.#behindGap ??= this.#offer(frame.events);
      if (frame.remaining > 0) return this.#expectPage();
      this.#cancelTimer();
      this.#pullId = undefined;
      if (this.#gap !== undefined) this.#gap.pulls++;
      this.#join();
    } else if (frame.type === "error" && frame.requestId === this.#pullId) {
      this.#options.drop(`the server could not answer a pull: ${frame.message.slice(0, 200)}`);
    }
  }

  /** The server's log ends before ours: for a moment after a restart, or because it is another one. */
  #shorter(endsAt: number): void {
    const { logger, onReplaced } = this.#options;
    const ours = this.log.seqNum;
    const isReplaced = this.#replaced.isShorter();
    if (this.#replaced.isNew) logger.warn("the sync server's log ends before ours; looking again", { endsAt, ours });
    if (isReplaced) onReplaced?.({ ours, endsAt });
  }

  /** The server has told of another event than the one that we hold: see which one it has stored. */
  #lookAt(seqNum: number): void {
    if (!this.#replaced.differs(seqNum)) this.#pull(seqNum - 1);
    this.#options.onChange();
  }

  /** Whether a page of a pull agrees with what we hold; if not, it is looked at once more. */
  #isOurs(events: readonly StoredEvent[]): boolean {
    const { clock, onReplaced, onChange } = this.#options;
    const differing = this.log.differingFrom(events);
    const { suspect } = this.#replaced;
    if (differing === undefined && (suspect === undefined || events.some(({ seqNum }) => seqNum === suspect))) {
      this.#replaced.trust();
      return true;
    }
    this.#cancelTimer();
    this.#pullId = undefined;
    const isCertain = differing === undefined ? this.#replaced.isMissing() : this.#replaced.differs(differing);
    if (isCertain) onReplaced?.({ ours: this.log.seqNum, differsAt: differing ?? suspect });
    else this.#cancelTimer = clock.setTimer(() => this.#pull((differing ?? suspect)! - 1), LOOK_AGAIN_MS);
    onChange();
    return false;
  }

  #announce(events: readonly WireEvent[]): void {
    for (const { seqNum } of events) if (seqNum > this.log.seqNum) this.#announced.add(seqNum);
  }

  #pull(cursor = this.log.seqNum): void {
    this.#cancelTimer();
    this.#behindGap = undefined;
    this.#pullId = `pull-${++this.#pulls}`;
    this.#options.send(pullFrame(this.#pullId, cursor));
    this.#expectPage();
  }

  #expectPage(): void {
    this.#cancelTimer();
    const { clock, drop } = this.#options;
    this.#cancelTimer = clock.setTimer(() => drop("a pull was not answered"), PULL_TIMEOUT_MS);
  }

  /** Takes what continues the log; returns the first event behind a hole. */
  #offer(events: readonly StoredEvent[]): StoredEvent | undefined {
    const { accepted, behindGap } = this.log.offer(events);
    this.#knownHead = Math.max(this.#knownHead, events.at(-1)?.seqNum ?? 0);
    if (accepted.length > 0) this.#replaced.reaches();
    this.#grown(accepted);
    return behindGap;
  }

  #grown(events: StoredEvent[]): void {
    for (const seqNum of this.#announced) if (seqNum <= this.log.seqNum) this.#announced.delete(seqNum);
    if (events.length > 0) this.#options.onEvents(events);
  }

  /** Joins the broadcasts to the log, now that no pull is under way. */
  #join(): void {
    this.#offer(this.#early);
    this.#early = this.#early.filter((event) => event.seqNum > this.log.seqNum);
    if (this.log.seqNum >= this.#knownHead) this.#gap = undefined;
    else this.#closeGap();
    this.#options.onChange();
  }

  #closeGap(): void {
    const { clock } = this.#options;
    const now = clock.now();
    if (this.#gap?.head !== this.log.seqNum) {
      this.#gap = { head: this.log.seqNum, sinceMs: now, pulls: 0, pauses: new Backoff(MISSING_EVENT_PAUSES) };
    }
    const behind = this.#behindGap ?? this.#early[0];
    // Our clock may be ahead of the server's: an event only counts as old when a second pull has missed the one before it.
    const old = this.#gap.pulls >= 2 && clock.date().getTime() - Date.parse(behind?.createdAt ?? "") >= OLD_EVENT_MS;
    if (old || now - this.#gap.sinceMs >= LOST_AFTER_MS) {
      this.#fillGap(behind?.parentSeqNum ?? this.#knownHead);
      this.#pull();
    } else {
      this.#cancelTimer();
      this.#cancelTimer = clock.setTimer(() => this.#pull(), this.#gap.pauses.next());
    }
  }

  /**
   * Puts an event without content at every place up to `lastMissing`; otherwise every reader would wait for ever. Most holes are numbers
   * that a browser has skipped, and nothing is missing there.
   */
  #fillGap(lastMissing: number): void {
    const { drop, logger } = this.#options;
    const first = this.log.seqNum + 1;
    if (lastMissing - first >= MOST_FILLED) return drop("the server names an event far beyond its log");
    const lost = [...this.#announced].filter((seqNum) => seqNum <= lastMissing).length;
    if (lost > 0) {
      logger.warn("the server has lost events that it had taken; going on without them", {
        first,
        last: lastMissing,
        lost,
      });
    } else logger.debug("the notebook's log skips numbers; going on without them", { first, last: lastMissing });
    const fillers = Array.from({ length: lastMissing - first + 1 }, (_, i) => this.#options.fillerFor(first + i));
    this.log.fill(fillers);
    this.#grown(fillers);
  }
}
