/**
 * The gallery's examples: valid nbformat 4.5, and the same outputs when they are run offline.
 *
 * @module
 */

import { systemClock } from "../../../src/async/clock.ts";
import assert from "node:assert/strict";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { runDemo } from "../../../stack/demo/demo.ts";
import { listExamples, readExample } from "../../server/examples.ts";
import { validNotebook } from "../../../test/nbformat/valid_notebook.ts";

/** The number of cells that fail on purpose, by example. */
const failures: Record<string, number> = { tour: 1, recursion: 0, data_story: 0, reading_a_traceback: 3 };

Deno.test("the gallery starts with the tour and has a summary of each example", async () => {
  const examples = await listExamples();
  assert.deepEqual(examples.map(({ name }) => name), Object.keys(failures));
  for (const { title, summary, cells } of examples) {
    assert.ok(title !== "Untitled" && summary.length > 40, `${title}: ${summary}`);
    assert.ok(cells >= 10, title);
  }
});

for (const [name, expectedFailures] of Object.entries(failures)) {
  Deno.test(`the example ${name} is valid, counts executions from 1, and fails only where it should`, async () => {
    const text = await readExample(name);
    validNotebook(text);
    const code = readNotebook(text).cells.filter(({ type }) => type === "code");
    assert.deepEqual(code.map(({ executionCount }) => executionCount), code.map((_, index) => index + 1));
    const failed = code.filter(({ outputs }) => outputs.some(({ type }) => type === "error"));
    assert.equal(failed.length, expectedFailures);
  });
}

// The tests of the demo run the tour.
for (const name of Object.keys(failures).filter((name) => name !== "tour")) {
  Deno.test(`the example ${name} has its recorded outputs when it runs offline`, async () => {
    let screen = "";
    const isAsRecorded = await runDemo({
      notebook: await readExample(name),
      environment: {},
      write: (text) => screen += text,
      color: false,
      signal: new AbortController().signal,
      clock: systemClock,
    });
    assert.ok(isAsRecorded, screen);
  });
}
