/**
 * Cells that run several times, and several models in one table.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { EvalRun } from "../../eval/eval_run.ts";
import { answer, gate, result } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";
import { endOf, runEval, startEval, temporaryFolder } from "./eval_process.ts";
import { codeOf } from "./evaluate.ts";

const rows = ["one", "two"].map((id, index) => ({
  code: `def f(x):\n    return x + ${index}`,
  input: "1",
  output: String(1 + index),
  id,
}));

async function rowFolder(): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return folder;
}

const argsFor = (server: { baseUrl: string }, ...more: string[]): string[] => [
  "rows.jsonl",
  ...["--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json", "--concurrency", "1"],
  ...more,
];

const rowOf = (request: RecordedRequest) => rows.find(({ code, input }) => codeOf(request) === `${code}\nf(${input})`)!;

const right = (request: RecordedRequest): Script => answer(result(rowOf(request).output));

Deno.test("--repeat runs each cell several times, pass by pass, and shows the mean", async () => {
  await using folder = await rowFolder();
  // The second answer to the second cell is wrong.
  await using server = await startScriptedModel((request) =>
    server.requests.length === 4 ? answer(result("'?'")) : right(request)
  );
  const args = argsFor(server, "--repeat", "3", "--html", "out.html");
  const { code, stdout: table, stderr } = await runEval(args, folder.path);
  assert.equal(code, 0, stderr);
  assert.deepEqual(server.requests.map((request) => rowOf(request).id), ["one", "two", "one", "two", "one", "two"]);
  assert.match(stderr, /^About 6 requests, /);
  assert.match(stderr, /^wrong {7}two #2 {2}result$/m);
  assert.match(table, /rows, 2 cells, 3 times each, /);
  assert.match(table, /^all +2 +83\.3 % +\d+\.\d +1 +1 +0$/m);
  const run: EvalRun = JSON.parse(folder.read("out.json"));
  assert.equal(run.repeat, 3);
  assert.deepEqual(run.cells.map(({ name, repetitionOf }) => [name, repetitionOf]).slice(1, 4), [
    ["two", undefined],
    ["one #2", "one"],
    ["two #2", "two"],
  ]);
});

Deno.test("repetitions continue after Ctrl-C, and a larger --repeat adds to the recorded answers", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel((request) =>
    server.requests.length === 3 ? [...gate("third"), ...right(request) as []] : right(request)
  );
  const process = startEval(argsFor(server, "--repeat", "2"), folder.path);
  await server.reached("third");
  process.kill("SIGINT");
  const stopped = await endOf(process);
  assert.match(stopped.stderr, /Stopped after 2 of 4 cells: the same command continues\./);
  await runEval(argsFor(server, "--repeat", "2"), folder.path);
  // The third request was interrupted, so only that one was sent twice.
  assert.equal(server.requests.length, 5);
  const more = await runEval(argsFor(server, "--repeat", "3"), folder.path);
  assert.match(more.stderr, /^4 of 6 cells were answered .*\nAbout 2 requests/);
  assert.equal(server.requests.length, 7);
  const fewer = await runEval(argsFor(server), folder.path);
  assert.match(fewer.stderr, /^2 of 2 cells were answered /);
  assert.equal(server.requests.length, 7);
  assert.equal(JSON.parse(folder.read("out.json")).cells.length, 2);
});

Deno.test("several models are shown in one table with their own prices, even when one of them fails", async () => {
  await using folder = await rowFolder();
  const third = { code: "def f(x):\n    return x", input: "7", output: "7", id: "three" };
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, [...rows, third].map((row) => JSON.stringify(row)).join("\n"));
  await using server = await startScriptedModel((request) => {
    const { model } = request.body;
    if (model === "broken") return { status: 403, body: { error: { message: "not for you" } } };
    return codeOf(request).endsWith("f(7)") ? answer(result(model === "bad" ? "'?'" : "7")) : right(request);
  });
  const models = ["--model", "broken", "--model", "bad", "--model", "vendor/good"];
  const prices = ["--price", "1,1", "--price", "2,2", "--price", "40,40"];
  const args = argsFor(server, ...models, ...prices, "--html", "all.html");
  const { code, stdout, stderr } = await runEval(args, folder.path);
  assert.equal(code, 3, stderr);
  assert.match(
    stderr,
    /^About broken: 3 requests, .*; bad: 3 requests, .*; vendor\/good: 3 requests, .*; together \$0\.\d+/m,
  );
  assert.match(stderr, /^eval: broken: .*not for you/m);
  const command = /^Once that is fixed, continue with: deno task eval (.*)$/m.exec(stderr)?.[1];
  assert.equal(command, args.join(" ").replace("sk-test", "[hidden]"));
  assert.match(stdout, /^model +cells +exact +normalised +no score +time +dollars\nbroken +0 +– .* 3 /m);
  assert.match(stdout, /^bad +3 +66\.7 % +66\.7 % +0 .*\$/m);
  assert.match(stdout, /^vendor\/good +3 +100\.0 % +100\.0 % +0 .*\$/m);
  const run: EvalRun = JSON.parse(folder.read("out.vendor_good.json"));
  assert.deepEqual([run.model, run.price?.input, run.cells.length], ["vendor/good", 40, 3]);
  assert.match(folder.read("all.html"), /bad and vendor\/good\?/);

  // Answered cells are not requested again.
  await runEval(args, folder.path);
  assert.equal(server.requests.filter(({ body }) => body.model !== "broken").length, 6);
});

Deno.test("--compare shows three runs, and runs with repetitions, in one table", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(right);
  await runEval(argsFor(server, "--model", "a", "--model", "b"), folder.path);
  const files = ["out.a.json", "out.b.json", "out.a.json"];
  const three = await runEval(["--compare", ...files, "--html", "c.html"], folder.path);
  assert.deepEqual([three.code, three.stderr], [0, ""]);
  assert.match(three.stdout, /^model +cells +exact +normalised +no score +time +dollars\na +2 .*\nb +2 .*\na +2 /m);
  await runEval(argsFor(server, "--model", "a", "--out", "r.json", "--repeat", "2"), folder.path);
  const repeated = await runEval(["--compare", "out.b.json", "r.json"], folder.path);
  assert.match(repeated.stdout, /^model +cells +exact +± /m);
});

Deno.test("wrong models, prices and repetitions are all reported, with exit code 2", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(right);
  await Deno.writeTextFile(`${folder.path}/p.txt`, "");
  const cases: [string[], RegExp[]][] = [
    [["--model", "a,b"], [/^eval: --model "a,b" names several models: give --model a --model b$/m]],
    [["--model", "a", "--model", "a"], [/^eval: --model "a" was given twice/m]],
    [["--model", "a", "--model", "b", "--price", "1,1"], [
      /^eval: --price was given once for 2 models: give it for each --model, in their order, or not at all$/m,
    ]],
    [["--model", "a", "--model", "b", "--price", "1,1", "--price", "cheap"], [
      /^eval: wrong --price "cheap": expected IN,CACHED,OUT/m,
    ]],
    [["--model", "a", "--model", "b", "--prompt", "p.txt", "--repeat", "2"], [
      /^eval: --repeat cannot be combined with --prompt/m,
      /^eval: --prompt compares two prompts on one model: give one --model/m,
    ]],
    [["--repeat", "0"], [/^eval: wrong --repeat "0": expected a whole number, 1 or more/m]],
  ];
  for (const [args, messages] of cases) {
    const { code, stderr } = await runEval(argsFor(server, ...args), folder.path);
    assert.equal(code, 2, stderr);
    for (const message of messages) assert.match(stderr, message);
  }
  assert.equal(server.requests.length, 0);
});
