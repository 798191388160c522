/**
 * Several people in one cell: pages on a log whose events are whole sources, with random delays.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { ManualClock } from "../../../test/support/manual_clock.ts";
import { randomFrom } from "../../../test/support/random_from.ts";
import { Drafts } from "../../page/actions/drafts.ts";
import { SourceLog } from "../../page/store/source_log.ts";
import { changesBetween, mergeTexts } from "../../page/store/text_changes.ts";

/** The number of random courses of each kind. */
const COURSES = 400;

/** The longest pause between two actions, in milliseconds. It is longer than the pause after which a text is committed. */
const LONGEST_PAUSE_MS = 400;

const CELL = "cell";

/** A notebook's log of one cell's sources. */
class Log {
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

/** A page with the cell open. The test decides when it commits and when it receives. */
class TestPage {
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

  /** Sends a commit. A server accepts it from a page that has received everything. */
  send(): void {
    if (this.#heard < this.#log.events.length) return;
    for (const source of this.#outbox.shift() ?? []) this.#log.write(this.name, source);
  }
}

/** All inserted characters, each of them unique, and which of them were deleted. */
class Typists {
  readonly inserted = new Set<string>();
  readonly deleted = new Set<string>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** Returns a character that nobody has typed yet. */
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

/** Lets people type and the network delay events, then waits until nothing is pending. */
function runCourse(seed: number, { people, comesLate = false }: { people: number; comesLate?: boolean }) {
  const typists = new Typists(randomFrom(seed));
  const log = new Log(Array.from({ length: typists.upTo(6) }, () => typists.next()).join(""));
  const pages = Array.from({ length: people }, (_, number) => new TestPage(`merging-page-${number}`, log));
  for (let step = 0; step < 120; step++) {
    const page = pages[typists.upTo(pages.length)];
    const act = typists.upTo(8);
    if (act <= 2) page.hear();
    else if (act <= 4) page.send();
    else if (act === 5) page.clock.advance(typists.upTo(LONGEST_PAUSE_MS));
    else if (act === 6) typists.edit(page);
    else if (typists.upTo(10) === 0) page.drafts.flushAll();
    if (comesLate && step === 60) pages.push(new TestPage("merging-page-late", log));
  }
  for (let quiet = 0; quiet < 3; quiet++) {
    for (const page of pages) {
      page.clock.advance(LONGEST_PAUSE_MS);
      while (!page.isSettled) {
        for (const each of pages) {
          each.hear();
          each.send();
          quiet = 0;
        }
        assert.ok(log.events.length < 2_000, `seed ${seed}: there is no end to it`);
      }
    }
  }
  return { typists, log, pages };
}

/** Checks that nothing was lost or doubled, and that all people see the same. */
function check(seed: number, { typists, log, pages }: ReturnType<typeof runCourse>): void {
  for (const { text } of pages) assert.equal(text, log.source, `seed ${seed}: all pages end equal`);
  const counts = Map.groupBy(log.source, (character) => character);
  for (const character of typists.inserted) {
    const count = counts.get(character)?.length ?? 0;
    if (typists.deleted.has(character)) assert.ok(count <= 1, `seed ${seed}: what was deleted is not doubled`);
    else assert.equal(count, 1, `seed ${seed}: ${character} of ${log.source}`);
  }
}

Deno.test("two people in one cell: every insertion that nobody deletes is there once, and both see the same", () => {
  for (let seed = 0; seed < COURSES; seed++) check(seed, runCourse(seed, { people: 2 }));
});

Deno.test("the same holds for three people, and for one who joins later", () => {
  for (let seed = 0; seed < COURSES; seed++) {
    check(seed, runCourse(seed, { people: 3 }));
    check(seed, runCourse(seed, { people: 2, comesLate: true }));
  }
});

Deno.test("people who take turns merge nothing, and deletions stay deleted", () => {
  for (let seed = 0; seed < COURSES / 4; seed++) {
    const typists = new Typists(randomFrom(seed));
    const log = new Log("");
    const pages = [1, 2].map((number) => new TestPage(`merging-page-${number}`, log));
    for (let turn = 0; turn < 20; turn++) {
      const page = pages[typists.upTo(2)];
      const before = log.events.length;
      typists.edit(page);
      const typed = page.text;
      page.clock.advance(LONGEST_PAUSE_MS);
      page.send();
      while (!pages.every(({ isSettled }) => isSettled)) for (const each of pages) each.hear();
      for (const each of pages) each.clock.advance(LONGEST_PAUSE_MS);
      assert.ok(pages.every((each) => each.text === typed && each.isSettled), `seed ${seed}`);
      assert.equal(log.source, typed);
      assert.ok(
        log.events.length - before <= 2,
        "one source, and the text that it was made from where that was another's",
      );
    }
  }
});

Deno.test("another app's source is not merged, and text that is being typed is merged into it", () => {
  const log = new Log("start");
  const page = new TestPage("merging-page-1", log);
  page.type("start here");
  page.clock.advance(LONGEST_PAUSE_MS);
  page.send();
  page.type("start here!");
  log.write("another-app", "begin");
  while (!page.isSettled) page.hear();
  assert.equal(page.text, "begin!");
  page.clock.advance(LONGEST_PAUSE_MS);
  page.send();
  assert.equal(log.source, "begin!");
});

Deno.test("characters that the log cannot contain do not keep a page from committing", () => {
  const log = new Log("");
  const page = new TestPage("merging-page-1", log);
  for (const text of ["a\0", "a\0b", "a\0b\ud800"]) {
    page.type(text);
    page.clock.advance(LONGEST_PAUSE_MS);
    page.send();
    page.hear();
  }
  assert.equal(log.source, "a\u2400b\ufffd");
  page.clock.advance(LONGEST_PAUSE_MS);
  assert.ok(page.isSettled, "nothing is committed again");
});

Deno.test("merging gives the same result in either order", () => {
  const typists = new Typists(randomFrom(1));
  for (let course = 0; course < COURSES; course++) {
    const base = Array.from({ length: typists.upTo(9) }, () => "ab\n"[typists.upTo(3)]).join("");
    const [one, other] = [1, 2].map(() => {
      const characters = [...base];
      characters.splice(typists.upTo(base.length + 1), typists.upTo(3), "xya"[typists.upTo(3)]);
      return characters.join("");
    });
    assert.equal(mergeTexts(base, one, other), mergeTexts(base, other, one));
    assert.equal(mergeTexts(base, one, one), one);
    assert.equal(mergeTexts(base, base, one), one);
  }
});

Deno.test("a change is minimal, and never splits a character", () => {
  assert.deepEqual(changesBetween("one\ntwo", "one\n2 two").toJSON(), [4, [0, "2 "], 3]);
  assert.deepEqual(changesBetween("a😀b", "a😁b").toJSON(), [1, [2, "😁"], 1]);
});

Deno.test("text at the end of a line stays in front of lines that another person adds after it", () => {
  assert.equal(mergeTexts("a = 1", "a = 1 + 2", "a = 1\nb = 2"), "a = 1 + 2\nb = 2");
  assert.equal(mergeTexts("a = 1", "a = 1\nb = 2", "a = 1 + 2"), "a = 1 + 2\nb = 2");
});

Deno.test("a source that arrives after its cell was deleted continues its text, and a new cell with the same id starts empty", () => {
  const sources = new SourceLog("merging-page-0");
  let seqNum = 0;
  const take = (clientId: string, name: string, args: Record<string, unknown>) =>
    sources.take([{
      name,
      args: { id: CELL, ...args },
      seqNum: ++seqNum,
      parentSeqNum: seqNum - 1,
      clientId,
      sessionId: "static",
    }]);
  const write = (clientId: string, source: string) => take(clientId, "v1.CellSourceChanged", { source });
  write("merging-page-1", "b");
  write("merging-page-2", "b");
  take("merging-page-0", "v1.CellDeleted", {});
  write("merging-page-1", "b + 1");
  write("merging-page-2", "2 + b");
  assert.equal(sources.of(CELL)!.text, "2 + b + 1");
  take("merging-page-0", "v2.CellCreated", {});
  write("merging-page-2", "3");
  assert.equal(sources.of(CELL)!.text, "3");
});
