/**
 * `deno task eval --log-format json`: each line on stderr is JSON, however the run ends.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, gate, result } from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";
import { endOf, type EvalEnd, runEval, startEval, temporaryFolder } from "./eval_process.ts";

/** Makes a folder with four rows in `rows.jsonl`. */
async function rowFolder(): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  const rows = ["a", "b", "c", "d"].map((id) =>
    JSON.stringify({ code: "def f(x):\n    return 2", input: "1", output: "2", id })
  );
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, rows.join("\n"));
  return folder;
}

function argsFor(server: { baseUrl: string }, ...more: string[]): string[] {
  const address = ["--base-url", server.baseUrl, "--api-key", "sk-s3cret", "--out", "out.json"];
  return ["rows.jsonl", ...address, "--concurrency", "1", "--log-format", "json", ...more];
}

function assertJson({ stderr }: EvalEnd, said: RegExp): void {
  const messages = stderr.trimEnd().split("\n").map((line) => {
    assert.match(line, /^\{"time":"[^"]+","level":"(?:debug|info|warn|error)","message":".*\}$/);
    return JSON.parse(line).message as string;
  });
  assert.ok(messages.some((message) => said.test(message)), stderr);
  assert.doesNotMatch(stderr, /s3cret/);
}

const runs: [name: string, model: ScriptSource, more: string[], code: number, said: RegExp][] = [
  ["a completed run", answer(result("2")), [], 0, /^Written: out\.json$/],
  ["a run with wrong answers", answer(result("3")), ["--log-level", "debug"], 0, /^wrong {7}a {2}result$/],
  ["a wrong flag", [], ["--offlin"], 2, /unknown flag --offlin/],
  ["wrong numbers", [], ["--sample", "0"], 2, /wrong --sample "0"[^]*Try deno task eval --help\.$/],
  ["a price above a dollar", [], ["--price", "1000,1000"], 2, /more than \$1\.00/],
  ["a refused key", { status: 401, body: {} }, [], 3, /3 times in a row[^]*continue with: deno task eval rows\.jsonl/],
  ["an exhausted quota", { status: 402, body: {} }, [], 1, /3 times in a row/],
  ["a file that cannot be written", answer(result("2")), ["--html", "rows.jsonl/a.html"], 2, /cannot write/],
];

for (const [name, model, more, code, said] of runs) {
  Deno.test(`deno task eval --log-format json writes only JSON to stderr for ${name}`, async () => {
    await using folder = await rowFolder();
    await using server = await startScriptedModel(model);
    const ended = await runEval(argsFor(server, ...more), folder.path);
    assertJson(ended, said);
    assert.equal(ended.code, code, ended.stderr);
  });
}

Deno.test("deno task eval --log-format json writes only JSON to stderr for an interrupted run", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel([...gate("never")]);
  const process = startEval(argsFor(server), folder.path);
  await server.request(0);
  process.kill("SIGINT");
  const ended = await endOf(process);
  assertJson(ended, /^Stopped after 0 of 4 cells/);
  assert.equal(ended.code, 130);
});
