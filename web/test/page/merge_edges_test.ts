/**
 * Edge cases of merging texts: other apps, late sources, and characters that the log cannot contain.
 *
 * @module
 */

import assert from "node:assert/strict";
import { randomFrom } from "../../../test/support/random_from.ts";
import { SourceLog } from "../../page/store/source_log.ts";
import { changesBetween, mergeTexts } from "../../page/store/text_changes.ts";
import { CELL, COURSES, Log, LONGEST_PAUSE_MS, TestPage, Typists } from "./merge_course.ts";

Deno.test("another app's source replaces the text, and typed text is merged into it", () => {
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

Deno.test("a text with characters that the log cannot contain is committed only once", () => {
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

Deno.test("a change is minimal and never splits a character", () => {
  assert.deepEqual(changesBetween("one\ntwo", "one\n2 two").toJSON(), [4, [0, "2 "], 3]);
  assert.deepEqual(changesBetween("a😀b", "a😁b").toJSON(), [1, [2, "😁"], 1]);
});

Deno.test("text at the end of a line stays before lines that another person adds after it", () => {
  assert.equal(mergeTexts("a = 1", "a = 1 + 2", "a = 1\nb = 2"), "a = 1 + 2\nb = 2");
  assert.equal(mergeTexts("a = 1", "a = 1\nb = 2", "a = 1 + 2"), "a = 1 + 2\nb = 2");
});

Deno.test("late sources of a deleted cell are merged, and a new cell with its id starts empty", () => {
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
