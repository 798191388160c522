/**
 * Sessions that are longer than a request may be. A model that knows only the content of its request must still know every name.
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

/** Code that a model can evaluate from a request with the definitions, shortened or not. */
const LOOK = "callable(first), RATE, math.floor(2.5)";
const KNOWN: CellOutput[] = [{ type: "execute_result", data: { "text/plain": "(True, 1.5, 2)" } }];

/** Builds a past that starts with the definitions and continues with cells from `codeOf`. */
function pastOf(cells: number, codeOf: (n: number) => string): HistoryEntry[] {
  return Array.from({ length: cells }, (_, index) => {
    return { executionCount: index + 1, code: index === 0 ? DEFINITIONS : codeOf(index + 1), outputs: [] };
  });
}

/** Builds a cell of `characters` characters that assigns small values, one per line. */
function assignments(n: number, characters: number): string {
  let code = "";
  for (let index = 0; code.length < characters - 30; index++) code += `v_${n}_${index} = ${n} * ${index}\n`;
  return `${code}# `.padEnd(characters, ".");
}

/** Builds a cell with a pasted list of numbers. */
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
  Deno.test(`the definitions of the first cell are known after ${what}`, async () => {
    assert.deepEqual(await runForgetful(history, LOOK, options), KNOWN);
  });
}

Deno.test("a name that no cell of a long session defined raises an exception", async () => {
  const [output] = await runForgetful(pastOf(80, (n) => assignments(n, 1_200)), "never_bound");
  assert.ok(output.type === "error");
  assert.equal(output.evalue, "name 'never_bound' is not defined");
});

Deno.test("the names of pasted values and of values computed from them are known", async () => {
  const history = pastOf(8, (n) => n === 3 ? "pairs = len(data_2) // 2" : pasted(n, 28_000));
  const [output] = await runForgetful(
    history,
    "[name for name in ('data_2', 'data_8', 'pairs') if name not in globals()]",
  );
  assert.deepEqual(output, { type: "execute_result", data: { "text/plain": "[]" } });
});

Deno.test("the last cells of a session of 300 cells raise no NameError", async () => {
  const cells = longSession(300);
  for (const { executionCount, code } of cells.slice(-4)) {
    const outputs = await runForgetful(cells.slice(0, executionCount - 1), code);
    const error = outputs.find((output) => output.type === "error");
    assert.notEqual(error?.ename, "NameError", `In [${executionCount}]: ${error?.evalue}`);
  }
});

Deno.test("every request of a session of 300 cells has the names that its cell uses and repeats the previous request", () => {
  const cells = longSession(300);
  const requests = buildRequests(cells, SETTINGS);
  const known = knownNames(cells, requests);
  assert.deepEqual([known.lost, knownShare(known)], [[], 1]);
  const share = overallShare(sharesOfRequests(requests));
  assert.ok(share >= 0.9, `${share}`);
});

Deno.test("the requests of a session of 300 cells with changing files repeat the previous request", () => {
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
