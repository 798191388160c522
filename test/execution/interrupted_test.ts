/**
 * The `KeyboardInterrupt` of an interrupted cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import { keyboardInterrupt } from "../../src/execution/interrupted.ts";
import golden from "../golden/session.json" with { type: "json" };

const RULE = "-".repeat(75);
const HEADER = "KeyboardInterrupt                         Traceback (most recent call last)";

/** Returns the lines of the traceback without colours. */
function shown(code: string): string[] {
  const { traceback } = keyboardInterrupt({ executionCount: 69, code });
  // deno-lint-ignore no-control-regex -- colours
  return traceback.join("\n").replaceAll(/\x1b\[[0-9;]*m/g, "").split("\n");
}

Deno.test("keyboardInterrupt() points at the only line of code, as IPython does", () => {
  const frame = ["Cell In[69], line 1", "----> 1 while True: pass", ""];
  assert.deepEqual(shown("while True: pass"), [RULE, HEADER, ...frame, "KeyboardInterrupt: "]);
  const commented = ["Cell In[69], line 3", "      1 # for ever", "----> 3 while True: pass", ""];
  assert.deepEqual(shown("# for ever\r\n\r\nwhile True: pass\r\n"), [
    RULE,
    HEADER,
    ...commented,
    "KeyboardInterrupt: ",
  ]);
});

Deno.test("keyboardInterrupt() names only the cell when the running line is unknown", () => {
  assert.deepEqual(shown("f()\nwhile True:\n    pass"), [RULE, HEADER, "Cell In[69]", "", "KeyboardInterrupt: "]);
  assert.deepEqual(shown(""), [RULE, HEADER, "Cell In[69]", "", "KeyboardInterrupt: "]);
});

Deno.test("keyboardInterrupt() matches ipykernel's traceback except for the frame", () => {
  const { outputs } = golden.cells.find(({ name }) => name === "kbint")!;
  const [written] = outputs.flatMap((output) =>
    output.output_type === "error" && "traceback" in output ? [output] : []
  );
  const { ename, evalue, traceback } = keyboardInterrupt({ executionCount: 69, code: "import time\ntime.sleep(30)" });
  assert.deepEqual([ename, evalue], [written.ename, written.evalue]);
  const withoutFrame = (lines: readonly string[]) => lines.toSpliced(2, 1, "");
  assert.deepEqual(withoutFrame(traceback), withoutFrame(written.traceback!));
});

Deno.test("keyboardInterrupt() shows pasted code without its >>> prompts", () => {
  const frame = ["Cell In[69], line 1", "----> 1 while True: pass", ""];
  assert.deepEqual(shown(">>> while True: pass"), [RULE, HEADER, ...frame, "KeyboardInterrupt: "]);
});
