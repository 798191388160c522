import assert from "node:assert/strict";
import { runCell } from "../support/cell_run.ts";
import { randomFrom } from "../support/random_from.ts";
import { answer, callInPieces, text } from "../support/scripted_answer.ts";
import { type GoldenCall, goldenSessions, perfectAnswer, perfectCalls, writeCalls } from "./golden_cells.ts";

/** The seed for cuts that differ between cells and are the same on every run. */
const SEED = 20261122;

/** Writes all non-ASCII characters and some letters as `\\uXXXX`, so that cuts fall within escapes, too. */
function escaped(json: string, random: () => number): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const inStrings = (literal: string) =>
    literal.replace(/\\u[0-9a-f]{4}|\\.|[a-z\u0080-\uffff]/g, (part) => {
      const isEscaped = part.length > 1;
      return isEscaped || (part < "\u0080" && random() < 0.8) ? part : escape(part);
    });
  return json.replace(/"(?:[^"\\]|\\.)*"/g, inStrings);
}

/** Cuts a text into pieces of 1 to 40 characters. */
function cutAtRandom(text: string, random: () => number): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== "";) {
    const length = 1 + Math.floor(random() * 40);
    pieces.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return pieces;
}

/** The forms of a model's answer: tool calls with escaped arguments that are cut, or a text with calls that is cut. */
const ways = {
  "of tool calls": (calls: GoldenCall[], random: () => number) =>
    calls.map(({ name, args }) => callInPieces(name, cutAtRandom(escaped(JSON.stringify(args), random), random))),
  "of calls written as text": (calls: GoldenCall[], random: () => number) =>
    cutAtRandom(writeCalls(calls), random).map(text),
};

for (const [way, write] of Object.entries(ways)) {
  Deno.test(`every recorded output is read in the same way, wherever the stream ${way} is cut`, async (t) => {
    for (const [index, cell] of [...goldenSessions.session, ...goldenSessions.kinds].entries()) {
      await t.step(`the outputs of the cell ${cell.name} do not depend on the cuts`, async () => {
        const random = randomFrom(SEED + index);
        const options = { code: cell.code, executionCount: cell.execution_count };
        const whole = await runCell(perfectAnswer(cell), options);
        const pieces = cell.outputs.length === 0 ? [text("(no output)")] : write(perfectCalls(cell), random);
        const cut = await runCell(answer(...pieces), options);
        assert.deepEqual(cut.outputs, whole.outputs);
        assert.deepEqual([cut.ended.status, cut.ended.error], [whole.ended.status, whole.ended.error]);
        assert.equal(cut.requests.length, whole.requests.length);
      });
    }
  });
}
