/**
 * The HTML report of an evaluation. It is also well-formed XML, and the tests read it as such.
 *
 * @module
 */

import assert from "node:assert/strict";
import { parseXml, type XmlElement, XmlNode } from "@rgrove/parse-xml";
import { renderReport } from "../../../eval/report/mod.ts";
import { evalRun, exactCell, lateCell, shown, wrongCell } from "./eval_runs.ts";

/** Returns all elements of a page, which must be well-formed. */
function elementsOf(page: string): XmlElement[] {
  const nested = (element: XmlElement): XmlElement[] => [
    element,
    ...element.children.filter((child): child is XmlElement => child.type === XmlNode.TYPE_ELEMENT).flatMap(nested),
  ];
  return nested(parseXml(page).root!);
}

/** Returns the texts of the elements with a name and, if given, a class. */
function texts(page: string, name: string, className?: string): string[] {
  return elementsOf(page)
    .filter((element) => element.name === name && (className === undefined || element.attributes.class === className))
    .map(({ text }) => text.replace(/\s+/g, " ").trim());
}

const HOSTILE = `</code></pre></td></textarea></style><script>alert("'1'")</script><img src=x onerror=alert(2)>` +
  `<svg onload=alert(3)><iframe src="http://127.0.0.1:9/"></iframe>&amp;"' onclick='alert(4)\x1b[31m\x00\u202e`;

Deno.test("renderReport() shows a run's totals and its score by kind", () => {
  const page = renderReport([evalRun([exactCell("a"), exactCell("b", { kind: "error" }), lateCell("c")])]);
  assert.deepEqual(texts(page, "h1"), ["How like IPython is gpt-4o-mini?"]);
  assert.deepEqual(texts(page, "p", "facts"), ["api.openai.com · golden · 3 cells · 2026-11-20 14:03 UTC"]);
  assert.deepEqual(texts(page, "dd"), [
    ...["100.0 %", "100.0 %", "–", "2", "1", "40 ms", "40 ms", "100 ms", "100 ms"],
    ...["3", "3,000", "2,400", "60"],
  ]);
  assert.ok(texts(page, "tr").some((row) => row.replaceAll(" ", "") === "error1100.0%100.0%0.0%–40ms100ms20"));
});

Deno.test("renderReport() draws the exact share of each kind for two widths of the page", () => {
  const page = renderReport([evalRun([exactCell("a"), wrongCell("b"), exactCell("c", { kind: "error" })])]);
  const shares = texts(page, "text").filter((text) => text.includes("."));
  assert.deepEqual(shares, ["50.0 %", "100.0 %", "50.0 %", "100.0 %"]);
});

Deno.test("renderReport() lists the cells that differ, with the expected output beside the actual one", () => {
  const page = renderReport([
    evalRun([exactCell("right"), wrongCell("left", { actual: shown({ stdout: "felt\n" }) })]),
  ]);
  assert.deepEqual(texts(page, "h3"), ["left print"]);
  assert.deepEqual([texts(page, "del"), texts(page, "ins"), texts(page, "mark")], [["left"], ["felt"], ["lef", "fel"]]);
});

Deno.test("renderReport() marks a missing newline and notes outputs that differ only in colours", () => {
  const actual = shown({ stdout: "a", stderr: "\x1b[31mred\x1b[0m" });
  const expected = shown({ stdout: "a\n", stderr: "red" });
  const parts = { stdout: "normalised", stderr: "normalised" } as const;
  const page = renderReport([evalRun([wrongCell("a", { expected, actual, parts, match: "normalised" })])]);
  assert.deepEqual(texts(page, "mark"), ["⏎"]);
  assert.ok(texts(page, "p", "note").includes("They differ in colours or control characters only."));
});

Deno.test("renderReport() shows the reason for a missing answer", () => {
  assert.deepEqual(texts(renderReport([evalRun([lateCell("a")])]), "p", "failure"), [
    "No answer: no answer within 60 s",
  ]);
});

Deno.test("renderReport() folds long outputs and truncates very long ones", () => {
  const actual = shown({ stdout: "x\n".repeat(50_000) });
  const page = renderReport([evalRun([wrongCell("a", { actual })])]);
  assert.deepEqual(texts(page, "summary"), ["10,000 lines, 10,000 of them not as expected"]);
  assert.ok(texts(page, "p", "note").includes("Only the first 20,000 of 100,000 characters are shown."));
});

Deno.test("renderReport() shows several runs side by side, with each cell once", () => {
  const page = renderReport([
    evalRun([exactCell("a"), wrongCell("b")]),
    evalRun([wrongCell("a"), wrongCell("b")], { model: "gpt-4o" }),
  ]);
  assert.deepEqual(texts(page, "h1"), ["How like IPython is gpt-4o-mini and gpt-4o?"]);
  assert.deepEqual(texts(page, "h3"), ["a print", "b print"]);
  assert.deepEqual(texts(page, "h4"), ["B gpt-4o: wrong", "A gpt-4o-mini: wrong", "B gpt-4o: wrong"]);
  assert.deepEqual(texts(page, "p", "warning"), []);
});

Deno.test("renderReport() warns when the runs do not have the same cells", () => {
  const page = renderReport([evalRun([exactCell("a"), exactCell("b")]), evalRun([exactCell("b")])]);
  assert.match(texts(page, "p", "warning")[0], /of 2 cells, 1 are in all of them/);
});

Deno.test("renderReport() shows a message when there are no cells or no runs", () => {
  assert.ok(texts(renderReport([evalRun([])]), "p").includes("No cell has been scored."));
  assert.deepEqual(texts(renderReport([]), "h1"), ["How like IPython is no model?"]);
});

Deno.test("renderReport() has filter buttons with the number of cells of each kind", () => {
  const page = renderReport([evalRun([wrongCell("a"), wrongCell("b"), wrongCell("c", { kind: "error" })])]);
  assert.deepEqual(texts(page, "label"), ["all (3)", "print (2)", "error (1)"]);
});

Deno.test("renderReport() shows text from a model or a file as plain text or in a sandboxed frame", () => {
  const bundle = {
    "text/html": HOSTILE,
    "image/svg+xml": HOSTILE,
    "text/plain": HOSTILE,
    [HOSTILE]: { [HOSTILE]: HOSTILE },
  };
  const hostile = shown({
    stdout: HOSTILE,
    stderr: HOSTILE,
    result: bundle,
    displays: [bundle, bundle],
    error: { ename: HOSTILE, evalue: HOSTILE, traceback: [HOSTILE, HOSTILE] },
  });
  const parts = { stdout: "wrong", stderr: "wrong", result: "wrong", displays: "wrong", error: "wrong" } as const;
  const cell = {
    kind: HOSTILE,
    code: HOSTILE,
    needs: [HOSTILE],
    failure: HOSTILE,
    failureKind: "invalid_answer",
    parts,
  } as const;
  const run = evalRun(
    [
      wrongCell(HOSTILE, { ...cell, expected: shown(), actual: hostile }),
      wrongCell("b", { ...cell, expected: hostile, actual: shown() }),
    ],
    { model: HOSTILE, server: HOSTILE, set: HOSTILE, startedAt: HOSTILE },
  );
  const elements = elementsOf(renderReport([run, run]));
  const names = new Set(elements.map(({ name }) => name));
  for (const name of ["script", "img", "a", "link", "object", "embed", "image", "foreignObject"]) {
    assert.ok(!names.has(name));
  }
  const attributes = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
  assert.deepEqual([...attributes].filter((name) => /^on|src$|href/i.test(name)), []);
  const frames = elements.filter(({ name }) => name === "iframe");
  assert.equal(frames.length, 12);
  for (const { attributes } of frames) assert.equal(attributes.sandbox, "");
});

Deno.test("renderReport() has a content security policy that blocks scripts and requests", () => {
  const [policy] = elementsOf(renderReport([])).filter(({ name, attributes }) =>
    name === "meta" && attributes["http-equiv"]
  );
  assert.match(policy.attributes.content, /^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/);
});

Deno.test("renderReport() lists an exact cell whose traceback differs, with both tracebacks", () => {
  const errorWith = (traceback: string[]) => shown({ error: { ename: "E", evalue: "m", traceback } });
  const [half, whole] = [{ right: 1, of: 2 }, { right: 1, of: 1 }];
  const traceback = { frames: half, lines: whole, arrows: whole, colours: whole };
  const expected = errorWith(["one", "two"]);
  const cell = exactCell("a", { expected, actual: errorWith(["one", "owt"]), parts: { error: "exact" }, traceback });
  const page = renderReport([evalRun([cell, exactCell("b", { traceback: { ...traceback, frames: whole } })])]);
  assert.deepEqual(texts(page, "h3"), ["a print"]);
  assert.deepEqual(texts(page, "h4"), ["traceback 83.3 %"]);
  assert.deepEqual(texts(page, "del"), ["two"]);
});
