/**
 * Several people in one cell: pages on a log whose events are whole sources, with random delays.
 *
 * @module
 */

import assert from "node:assert/strict";
import { randomFrom } from "../../../test/support/random_from.ts";
import { COURSES, Log, LONGEST_PAUSE_MS, TestPage, Typists } from "./merge_course.ts";

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
