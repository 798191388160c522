/**
 * People who type into one cell at random, over a log with delays.
 *
 * @module
 */

import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { ManualClock } from "../../../test/support/manual_clock.ts";
import { Drafts } from "../../page/actions/drafts.ts";
import { SourceLog } from "../../page/store/source_log.ts";

/** The number of random courses of each kind. */
export const COURSES = 400;

/** The longest pause between two actions, in milliseconds. It is longer than the pause after which a text is committed. */
export const LONGEST_PAUSE_MS = 400;

export const CELL = "cell";

/** A notebook's log of one cell's sources. */
export class Log {
  readonly events: StoredEvent[] = [];

  constructor(start: string) {
    this.write("import", start);
  }

  write(clientId: string, source: string): void {
    const seqNum = this.events.length + 1;
    const args = { id: CELL, source, modifiedBy: clientId };
    this.events.push({
      name: "v1.CellSourceChanged",
      args,
      seqNum,
      parentSeqNum: seqNum - 1,
      clientId,
      sessionId: "static",
    });
  }

  get source(): string {
    return (this.events.at(-1)!.args as { source: string }).source;
  }
}

/** A page with the cell open. The test decides when it commits and when it receives events. */
export class TestPage {
  readonly clock = new ManualClock();
  readonly drafts: Drafts;
  /** The text in the editor. */
  text: string;
  readonly #sources: SourceLog;
  readonly #outbox: string[][] = [];
  readonly #log: Log;
  #heard: number;

  constructor(readonly name: string, log: Log) {
    this.#log = log;
    this.#heard = log.events.length;
    this.#sources = new SourceLog(name);
    this.#sources.take(log.events);
    this.text = this.#sources.of(CELL)!.text;
    this.drafts = new Drafts({
      sources: this.#sources,
      sourceOf: () => "",
      commit: (_, sources) => this.#outbox.push([...sources]),
      clock: this.clock,
    });
    this.drafts.follow(CELL, (text) => this.text = text);
  }

  get isSettled(): boolean {
    return this.#outbox.length === 0 && this.#heard === this.#log.events.length;
  }

  type(text: string): void {
    this.text = text;
    this.drafts.type(CELL, text);
  }

  /** Receives the next event of the log, if there is one. */
  hear(): void {
    const event = this.#log.events[this.#heard];
    if (event === undefined) return;
    this.#heard++;
    this.#sources.take([event]);
  }

  /** Sends a commit. The server accepts it only from a page that has received all events. */
  send(): void {
    if (this.#heard < this.#log.events.length) return;
    for (const source of this.#outbox.shift() ?? []) this.#log.write(this.name, source);
  }
}

/** Edits of random typists: all inserted characters, each of them unique, and the deleted ones. */
export class Typists {
  readonly inserted = new Set<string>();
  readonly deleted = new Set<string>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** Returns a character that has not been typed yet. */
  next(): string {
    const character = String.fromCodePoint((this.inserted.size % 7 === 0 ? 0x1f300 : 0x4e00) + this.inserted.size);
    this.inserted.add(character);
    return character;
  }

  edit(page: TestPage): void {
    const characters = [...page.text];
    const at = this.upTo(characters.length + 1);
    if (this.upTo(4) === 0) {
      for (const gone of characters.splice(at, 1 + this.upTo(3))) this.deleted.add(gone);
    } else characters.splice(at, 0, ...Array.from({ length: 1 + this.upTo(3) }, () => this.next()));
    page.type(characters.join(""));
  }
}
