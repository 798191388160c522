import assert from "node:assert/strict";
import { runCell } from "../support/cell_run.ts";
import { randomFrom } from "../support/random_from.ts";
import type { Step } from "../support/scripted_answer.ts";
import { goldenCells, perfectAnswer } from "./golden_cells.ts";

/** Cuts every cell elsewhere, and the same on every run. */
const SEED = 20261122;

/** Writes all that is not ASCII, and here and there a letter, as `\\uXXXX`: one character becomes six that can be cut apart. */
function escaped(json: string, random: () => number): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const inStrings = (literal: string) =>
    literal.replace(/\\u[0-9a-f]{4}|\\.|[a-z\u0080-\uffff]/g, (part) => {
      const isEscaped = part.length > 1;
      return isEscaped || (part < "\u0080" && random() < 0.8) ? part : escape(part);
    });
  return json.replace(/"(?:[^"\\]|\\.)*"/g, inStrings);
}

/** Cuts the arguments of every call into pieces of 1 to 40 characters. */
function cutAtRandom(steps: Step[], random: () => number): Step[] {
  return steps.flatMap((step): Step[] => {
    if (step.type !== "piece") return [step];
    const pieces: Step[] = [];
    for (let rest = step.text; rest !== "";) {
      const length = 1 + Math.floor(random() * 40);
      pieces.push({ type: "piece", text: rest.slice(0, length) });
      rest = rest.slice(length);
    }
    return pieces;
  });
}

Deno.test("every recorded output is read alike, wherever the stream of its tool calls is cut", async (t) => {
  for (const [index, cell] of goldenCells.entries()) {
    await t.step(cell.name, async () => {
      const random = randomFrom(SEED + index);
      const options = { code: cell.code, executionCount: cell.execution_count };
      const whole = await runCell(perfectAnswer(cell), options);
      const written = perfectAnswer(cell).map((step) =>
        step.type === "piece" ? { ...step, text: escaped(step.text, random) } : step
      );
      const cut = await runCell(cutAtRandom(written, random), options);
      assert.deepEqual(cut.outputs, whole.outputs);
      assert.deepEqual([cut.ended.status, cut.ended.error], [whole.ended.status, whole.ended.error]);
      assert.equal(cut.requests.length, whole.requests.length);
    });
  }
});
