/**
 * Sessions that are longer than a request may be: a model that knows only what it is sent must still know every name.
 *
 * @module
 */

import assert from "node:assert/strict";
import { longSession } from "../../../bench/prompt/long_session.ts";
import { overallShare, sharesOfRequests } from "../../../bench/prompt/prefix_share.ts";
import { buildRequests } from "../../../bench/prompt/session_requests.ts";
import { knownNames, knownShare } from "../../../bench/prompt/known_names.ts";
import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { describeFile } from "../../../src/files/describe_file.ts";
import type { HistoryEntry } from "../../../src/execution/history_entry.ts";
import type { OfflineModelOptions } from "../../../stack/offline_model/offline_model.ts";
import { runForgetful } from "./forgetful_run.ts";

const SETTINGS = { maxHistoryLength: 20, includeOutputs: true };

const DEFINITIONS = `import math
RATE = 1.5
def first(x):
    return x + RATE`;

/** What a request that tells of them lets a model say, be it shortened or not. */
const LOOK = "callable(first), RATE, math.floor(2.5)";
const KNOWN: CellOutput[] = [{ type: "execute_result", data: { "text/plain": "(True, 1.5, 2)" } }];

/** A past that begins with the definitions, and goes on with cells so long. */
function pastOf(cells: number, codeOf: (n: number) => string): HistoryEntry[] {
  return Array.from({ length: cells }, (_, index) => {
    return { executionCount: index + 1, code: index === 0 ? DEFINITIONS : codeOf(index + 1), outputs: [] };
  });
}

/** A cell of so many characters that assigns small values, a line each. */
function assignments(n: number, characters: number): string {
  let code = "";
  for (let index = 0; code.length < characters - 30; index++) code += `v_${n}_${index} = ${n} * ${index}\n`;
  return `${code}# `.padEnd(characters, ".");
}

/** A list of numbers, as it is pasted. */
function pasted(n: number, characters: number): string {
  const numbers = Array.from({ length: Math.floor(characters / 7) }, (_, index) => 10_000 + index * 7_919 % 89_999);
  return `data_${n} = [${numbers.join(", ")}]`;
}

const LONG: [string, HistoryEntry[], OfflineModelOptions?][] = [
  ["250 cells of 300 characters", pastOf(250, (n) => assignments(n, 300))],
  ["90 cells of 1,200 characters", pastOf(90, (n) => assignments(n, 1_200))],
  ["four cells of pasted data", pastOf(5, (n) => pasted(n, 28_000))],
  ...(["openai", "mistral", "llamacpp", "vllm"] as const).map((contextServer): typeof LONG[number] => [
    `60 cells in a context of 8,192 tokens at ${contextServer}`,
    pastOf(60, (n) => assignments(n, 600)),
    { contextLength: 8_192, contextServer },
  ]),
];

for (const [what, history, options] of LONG) {
  Deno.test(`what the first cell defined is known after ${what}`, async () => {
    assert.deepEqual(await runForgetful(history, LOOK, options), KNOWN);
  });
}

Deno.test("a name that no cell of a long session defined is unknown", async () => {
  const [output] = await runForgetful(pastOf(80, (n) => assignments(n, 1_200)), "never_bound");
  assert.ok(output.type === "error");
  assert.equal(output.evalue, "name 'never_bound' is not defined");
});

Deno.test("what was pasted is known as a name, and what was made of it in small", async () => {
  const history = pastOf(8, (n) => n === 3 ? "pairs = len(data_2) // 2" : pasted(n, 28_000));
  const [output] = await runForgetful(
    history,
    "[name for name in ('data_2', 'data_8', 'pairs') if name not in globals()]",
  );
  assert.deepEqual(output, { type: "execute_result", data: { "text/plain": "[]" } });
});

Deno.test("the last cells of a session of 300 find every name that the first ones defined", async () => {
  const cells = longSession(300);
  for (const { executionCount, code } of cells.slice(-4)) {
    const outputs = await runForgetful(cells.slice(0, executionCount - 1), code);
    const error = outputs.find((output) => output.type === "error");
    assert.notEqual(error?.ename, "NameError", `In [${executionCount}]: ${error?.evalue}`);
  }
});

Deno.test("every request of a session of 300 cells tells of the names that its cell uses, and repeats the one before", () => {
  const cells = longSession(300);
  const requests = buildRequests(cells, SETTINGS);
  const told = knownNames(cells, requests);
  assert.deepEqual([told.lost, knownShare(told)], [[], 1]);
  const share = overallShare(sharesOfRequests(requests));
  assert.ok(share >= 0.9, `${share}`);
});

Deno.test("the requests of a session of 300 cells repeat the one before, too, where cells name files that change", () => {
  const tableOf = (name: string, version: number) => {
    const rows = Array.from({ length: 400 }, (_, row) => `${row},customer ${row},${version * row}\n`);
    return { name, bytes: new TextEncoder().encode(`id,name,total\n${rows.join("")}`) };
  };
  const cells = longSession(300).map((cell, index): HistoryEntry => {
    if (index % 20 >= 3) return cell;
    const [name, version] = [`t${index % 3}.csv`, Math.floor(index / 100)];
    const description = describeFile(tableOf(name, version), 8_000);
    return { ...cell, files: [{ name, version: `${version}`, description }] };
  });
  const share = overallShare(sharesOfRequests(buildRequests(cells, { ...SETTINGS, fileCharacters: 12_000 })));
  assert.ok(share >= 0.9, `${share}`);
});
