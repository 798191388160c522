/**
 * Several people in one cell: pages on a log whose events are whole sources, with random delays.
 *
 * @module
 */

import assert from "node:assert/strict";
import { randomFrom } from "../../../test/support/random_from.ts";
import { COURSES, Log, LONGEST_PAUSE_MS, TestPage, Typists } from "./merge_course.ts";

/** Lets people type and delays events at random, then waits until nothing is pending. */
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
        assert.ok(log.events.length < 2_000, `seed ${seed}: the pages do not settle`);
      }
    }
  }
  return { typists, log, pages };
}

/** Checks that no text was lost or doubled, and that all people have the same text. */
function check(seed: number, { typists, log, pages }: ReturnType<typeof runCourse>): void {
  for (const { text } of pages) assert.equal(text, log.source, `seed ${seed}: all pages have the log's text`);
  const counts = Map.groupBy(log.source, (character) => character);
  for (const character of typists.inserted) {
    const count = counts.get(character)?.length ?? 0;
    if (typists.deleted.has(character)) assert.ok(count <= 1, `seed ${seed}: a deleted character is not doubled`);
    else assert.equal(count, 1, `seed ${seed}: ${character} of ${log.source}`);
  }
}

Deno.test("two people who type into one cell lose nothing, double nothing, and see the same text", () => {
  for (let seed = 0; seed < COURSES; seed++) check(seed, runCourse(seed, { people: 2 }));
});

Deno.test("three people, or two and a third who joins later, lose and double nothing", () => {
  for (let seed = 0; seed < COURSES; seed++) {
    check(seed, runCourse(seed, { people: 3 }));
    check(seed, runCourse(seed, { people: 2, comesLate: true }));
  }
});

Deno.test("people who take turns need no merge, and deleted text stays deleted", () => {
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
        "the new source, and the other person's text that it is based on",
      );
    }
  }
});
