/**
 * A model that fails has no score: the run stops with a reason and continues with the same command.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { EvalRun } from "../../eval/eval_run.ts";
import { resumeCommand } from "../../eval/cli/resume_hint.ts";
import { goldenSet } from "../../eval/golden/golden_set.ts";
import { Journal } from "../../eval/journal.ts";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { answer, result, text } from "../support/scripted_answer.ts";
import {
  type PlainResponse,
  type RecordedRequest,
  type Script,
  startScriptedModel,
} from "../support/scripted_model_server.ts";
import { runEval, temporaryFolder } from "./eval_process.ts";
import { codeOf, evaluate } from "./evaluate.ts";

const refusal = (status: number, error: unknown): PlainResponse => ({ status, body: { error } });

/** Replies of servers that waiting does not change, each with the kind of the error that ends the run. */
const failures: Record<string, [Script, string]> = {
  "a refused key": [refusal(401, { message: "Incorrect API key provided", code: "invalid_api_key" }), "refused"],
  "a key refused by a gateway": [refusal(400, { message: "API key not valid. Please pass a valid key." }), "refused"],
  "an empty account": [refusal(402, { message: "Insufficient Balance", type: "unknown_error" }), "rate_limited"],
  "missing access to the model": [{ status: 403, body: { message: "Forbidden: team budget exceeded" } }, "refused"],
  "an unknown model": [refusal(404, { message: 'model "m" not found, try pulling it first' }), "bad_request"],
  "a wrong address": [
    { status: 404, headers: { "content-type": "text/plain" }, body: "404 page not found" },
    "bad_request",
  ],
  "a wrong path": [{ status: 405, body: { detail: "Method Not Allowed" } }, "bad_request"],
  "an exhausted quota": [
    refusal(429, {
      message: "You exceeded your current quota",
      type: "insufficient_quota",
      code: "insufficient_quota",
    }),
    "rate_limited",
  ],
  "a model without tools": [{ status: 400, body: { error: "library/gemma does not support tools" } }, "bad_request"],
  "a rejected option": [
    { status: 400, body: { object: "error", message: "tool choice requires a parser" } },
    "bad_request",
  ],
  "a missing verification": [refusal(400, { message: "Your organization must be verified" }), "bad_request"],
  "a content filter": [refusal(400, { message: "filtered", code: "content_filter" }), "bad_request"],
  "a context that is too small": [
    refusal(400, { message: "This model's maximum context length is 100 tokens.", code: "context_length_exceeded" }),
    "too_long",
  ],
  "a server error": [
    { status: 500, headers: { "x-should-retry": "false" }, body: "CUDA out of memory" },
    "server_error",
  ],
  "a web page instead of a completion": [
    { headers: { "content-type": "text/html" }, body: "<title>Log in</title>" },
    "not_a_completion",
  ],
};

const { cells } = goldenSet();

for (const [name, [script, kind]] of Object.entries(failures)) {
  Deno.test(`a run stops when three cells in a row fail because of ${name}`, async () => {
    await using server = await startScriptedModel(script);
    const answers: string[] = [];
    await assert.rejects(
      evaluate(server, cells, { onAnswer: ({ failureKind }) => answers.push(`${failureKind}`) }),
      (error: Error & { kind?: string }) => {
        assert.match(error.message, /^the model failed 3 times in a row, so the run was stopped: ./);
        assert.equal(error.name, kind === "refused" ? "RefusedError" : "ModelError");
        return kind === "refused" || error.kind === kind;
      },
    );
    assert.deepEqual(answers, [kind, kind, kind]);
  });
}

Deno.test("a run continues when fewer than three cells in a row fail, and when answers are unusable", async () => {
  const broken = refusal(403, { message: "not now" });
  await using server = await startScriptedModel((request) => request.number % 3 === 2 ? answer(result("6")) : broken);
  assert.equal((await evaluate(server, cells.slice(0, 12))).length, 12);
  await using prose = await startScriptedModel(answer(text("I cannot run code.")));
  const named = cells.filter(({ accepted: [{ result }] }) => result !== undefined).slice(0, 5);
  assert.deepEqual((await evaluate(prose, named)).map(({ match }) => match), Array(5).fill("wrong"));
});

const rows = Array.from({ length: 7 }, (_, index) => ({
  code: `def f(x):\n    return x + ${index}`,
  input: "1",
  output: String(1 + index),
  id: `row_${index}`,
}));

const rowOf = (request: RecordedRequest): number => rows.findIndex(({ code }) => codeOf(request).startsWith(code));
const right = (request: RecordedRequest): Script => answer(result(rows[rowOf(request)].output));

/** Makes a folder with the rows in `rows.jsonl`. */
async function rowFolder(): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return folder;
}

for (
  const [name, failure, code, said] of [
    ["an exhausted quota", failures["an exhausted quota"][0], 1, /quota of this API key .* is used up \(429\)/],
    ["an unknown model", failures["an unknown model"][0], 1, /try pulling it first/],
    ["a refused key", failures["a refused key"][0], 3, /refused the API key \(401\)/],
  ] as const
) {
  Deno.test(`${name} stops the command with exit code ${code}, and the suggested command runs only the rest`, async () => {
    await using folder = await rowFolder();
    let isBroken = true;
    await using server = await startScriptedModel((request) =>
      isBroken && rowOf(request) >= 2 ? failure : right(request)
    );
    const args = ["rows.jsonl", "--base-url", server.baseUrl, "--out", "my run.json", "--concurrency", "1"];
    const environment = { OPENAI_API_KEY: "sk-test" };
    const stopped = await runEval([...args, "--fresh"], folder.path, environment);
    assert.equal(stopped.code, code, stopped.stderr);
    assert.match(stopped.stderr, /^no score {4}row_2 {2}/m);
    assert.match(stopped.stderr, /^Stopped after 2 of 7 cells/m);
    assert.match(stopped.stderr, /^eval: the model failed 3 times in a row, so the run was stopped: /m);
    assert.match(stopped.stderr, said);
    // Failed cells are not part of any score or time.
    assert.match(stopped.stdout, /^all +2 +100\.0 % +100\.0 %/m);
    assert.match(
      stopped.stdout.replace(/\n {2}/g, " "),
      /^Left out of every score and time: 3 cells \(3 failed, 0 late\)/m,
    );
    const command = /^Once that is fixed, continue with: (.*)$/m.exec(stopped.stderr)?.[1];
    assert.equal(
      command,
      `deno task eval rows.jsonl --base-url ${server.baseUrl} --out 'my run.json' --concurrency 1`,
    );

    isBroken = false;
    const before = server.requests.length;
    const done = await runEval(args, folder.path, environment);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stderr, /^2 of 7 cells were answered in a run that began at/m);
    assert.deepEqual(server.requests.slice(before).map(rowOf), [2, 3, 4, 5, 6]);
    const run: EvalRun = JSON.parse(folder.read("my run.json"));
    assert.deepEqual(run.cells.map(({ match, failure }) => [match, failure]), rows.map(() => ["exact", undefined]));
  });
}

Deno.test("--min-exact ends with exit code 1 when a cell has no score", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel((request) =>
    rowOf(request) === 4 ? failures["missing access to the model"][0] : right(request)
  );
  const args = ["rows.jsonl", "--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json"];
  const { code, stderr } = await runEval([...args, "--min-exact", "50"], folder.path);
  assert.equal(code, 1);
  assert.match(stderr, /^--min-exact fails: 1 cell without a score\.$/m);
});

Deno.test("Journal drops failed answers when it is reopened, and late answers only with --retry", async () => {
  await using folder = await temporaryFolder();
  const open = (retry: boolean) =>
    new Journal({ path: `${folder.path}/a.jsonl`, identity: {}, fresh: false, retry, host: createDenoHost() });
  const journal = open(false);
  journal.begin();
  const actual = { stdout: "", stderr: "", displays: [] };
  const usage = { requests: 1, input: 1, cachedInput: 0, output: 1 };
  const kinds = [undefined, "late", "refused", "invalid_answer", "unreachable", "length"] as const;
  for (const failureKind of kinds) {
    const failed = failureKind === undefined ? {} : { failure: "no", failureKind };
    journal.add({ name: `${failureKind}`, actual, durationMs: 1, usage, ...failed });
  }
  assert.deepEqual([...journal.answers.keys()], kinds.map(String));
  assert.deepEqual([...open(false).answers.keys()], ["undefined", "late", "invalid_answer", "length"]);
  assert.deepEqual([...open(true).answers.keys()], ["undefined", "invalid_answer", "length"]);
});

Deno.test("resumeCommand() quotes arguments for a shell and leaves out --fresh", () => {
  assert.equal(
    resumeCommand(["a b.jsonl", "--fresh", "--model", "it's", "--price", "0.15,0.6", ""]),
    `deno task eval 'a b.jsonl' --model 'it'\\''s' --price 0.15,0.6 ''`,
  );
});
