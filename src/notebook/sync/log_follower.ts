/**
 * Follows the notebook's log on the server: pulls missing events, receives broadcasts, and closes gaps.
 *
 * @module
 */

import { Backoff } from "../../async/backoff.ts";
import type { Clock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import { pullFrame, type ServerFrame, type StoredEvent, type WireEvent } from "./frames.ts";
import { LogHead } from "./log_head.ts";
import { type LogReplacement, ReplacedLog } from "./replaced_log.ts";

/** The longest wait for the next page of a pull, in milliseconds. */
const PULL_TIMEOUT_MS = 30_000;
/** The delays between pulls while an event is missing, in milliseconds. The server's database lags behind its broadcasts. */
const MISSING_EVENT_PAUSES = { firstMs: 300, maxMs: 3_000, factor: 1.5 };
/** The time after which a missing event counts as lost, in milliseconds. A server that is killed while storing leaves a permanent gap. */
const LOST_AFTER_MS = 15_000;
/** The largest gap that is filled, in events. A larger one is an error and could use all memory. 10,000 is a large notebook. */
const MAX_FILLED = 100_000;
/** The age of an event, in milliseconds, from which a gap before it is not just a delay. */
const OLD_EVENT_MS = 60_000;

/** The delay before a suspect event is pulled again, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

export interface LogFollowerOptions {
  send(frame: string): void;
  /** Drops the connection, because the server has violated the protocol. */
  drop(reason: string): void;
  /** Receives events that continue the log, in order. */
  onEvents(events: StoredEvent[]): void;
  /** Called whenever {@linkcode LogFollower.upToDate} may have changed. */
  onChange(): void;
  /** Called when the server's log is no longer the one that was followed. Default: it is not followed any further. */
  onReplaced?(replacement: LogReplacement): void;
  /** Makes an event that replaces a lost one. */
  fillerFor(seqNum: number): StoredEvent;
  logger: Logger;
  clock: Clock;
}

interface Gap {
  /** The position of the last event before the missing one. */
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
  /** The first event after a gap in the reply to a pull. */
  #behindGap: StoredEvent | undefined;
  /** The positions after our log at which the server is known to have had an event: it was broadcast, or acknowledged to us. */
  readonly #announced = new Set<number>();
  /** The highest position that is known to exist on the server. */
  #knownHead = 0;
  #gap: Gap | undefined;
  readonly #replaced: ReplacedLog;
  #cancelTimer = () => {};

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    this.#replaced = new ReplacedLog(options.clock);
  }

  /** Whether all events that the server is known to have were received. Only then may events be pushed. */
  get upToDate(): boolean {
    return this.#open && this.#pullId === undefined && this.#replaced.suspect === undefined &&
      this.log.seqNum >= this.#knownHead;
  }

  /** Called when a connection is open. Pulls from the last event that we have, to check that it is still there. */
  opened(): void {
    this.#open = true;
    this.#pull(this.log.overlap);
  }

  /** Called when the connection is closed. Discards the server's state, because the server may have lost what it was storing. */
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

  /** Called when the server has said that its log ends at `seqNum`. */
  serverHeadIs(seqNum: number): void {
    if (seqNum < this.log.seqNum) return this.#shorter(seqNum);
    this.#replaced.reaches();
    this.#knownHead = Math.max(this.#knownHead, seqNum);
    if (this.#open && this.#pullId === undefined && this.log.seqNum < this.#knownHead) this.#pull();
    this.#options.onChange();
  }

  /** Called when the server has acknowledged events that we pushed. They are in the log only when they come back. */
  acknowledged(events: readonly WireEvent[]): void {
    this.#announce(events);
  }

  /** Receives a frame that may concern the log. */
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

  /** The server's log ends before ours, either temporarily after a restart or because it was replaced. */
  #shorter(endsAt: number): void {
    const { logger, onReplaced } = this.#options;
    const ours = this.log.seqNum;
    const isReplaced = this.#replaced.isShorter();
    if (this.#replaced.isNew) logger.warn("the sync server's log ends before ours; checking again", { endsAt, ours });
    if (isReplaced) onReplaced?.({ ours, endsAt });
  }

  /** The server has broadcast a different event than the one we have. Pulls to find out which one it has stored. */
  #lookAt(seqNum: number): void {
    if (!this.#replaced.differs(seqNum)) this.#pull(seqNum - 1);
    this.#options.onChange();
  }

  /** Whether a page of a pull agrees with our log. If not, the events are pulled again after a delay. */
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

  /** Accepts the events that continue the log. Returns the first event after a gap. */
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

  /** Appends broadcast events to the log. Called only while no pull is in flight. */
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
    // Our clock may be ahead of the server's. So an event counts as old only if two pulls have missed the one before it.
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
   * Puts an empty event at every position up to `lastMissing`, because readers would otherwise wait forever. Most gaps are numbers that a
   * browser has skipped; then no event is missing.
   */
  #fillGap(lastMissing: number): void {
    const { drop, logger } = this.#options;
    const first = this.log.seqNum + 1;
    if (lastMissing - first >= MAX_FILLED) return drop("the server sent an event far beyond the end of its log");
    const lost = [...this.#announced].filter((seqNum) => seqNum <= lastMissing).length;
    if (lost > 0) {
      logger.warn("the server has lost events that it had acknowledged; continuing without them", {
        first,
        last: lastMissing,
        lost,
      });
    } else logger.debug("the notebook's log skips numbers; continuing without them", { first, last: lastMissing });
    const fillers = Array.from({ length: lastMissing - first + 1 }, (_, i) => this.#options.fillerFor(first + i));
    this.log.fill(fillers);
    this.#grown(fillers);
  }
}
