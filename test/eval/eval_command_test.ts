import assert from "node:assert/strict";
import { evalFlags, evalSettings } from "../../eval/cli/eval_flags.ts";
import { EVAL_FORMAT, type EvalRun } from "../../eval/eval_run.ts";
import { optionTable } from "../../src/options/option_table.ts";
import { answer, gate, result, stdout } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";
import { openAIByProxy } from "../support/openai_by_proxy.ts";
import { endOf, runEval, startEval, temporaryFolder } from "./eval_process.ts";
import { codeOf, goldenModel } from "./evaluate.ts";

const rows = [
  { code: "def f(x):\n    return x + 1", input: "1", output: "2", id: "one" },
  { code: "def f(x):\n    return [x] * 2", input: "'a'", output: "['a', 'a']", id: "two" },
  { code: "def f(x, y):\n    return {x: y}", input: "1, 2", output: "{1: 2}", id: "three" },
];

/** Returns a model that answers rows correctly, except those whose ids are in `wrong`. */
function rowModel(wrong: Readonly<Record<string, Script>> = {}): (request: RecordedRequest) => Script {
  return (request) => {
    const row = rows.find(({ code, input }) => codeOf(request) === `${code}\nf(${input})`)!;
    return wrong[row.id] ?? answer(result(row.output));
  };
}

/** Makes a folder with the three rows in `rows.jsonl`. */
async function rowFolder(): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return folder;
}

function argsFor(server: { baseUrl: string }, ...more: string[]): string[] {
  return ["rows.jsonl", "--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json", ...more];
}

Deno.test("--help lists every flag and fits in 80 columns", async () => {
  await using folder = await temporaryFolder();
  const { code, stdout, stderr } = await runEval(["--help"], folder.path);
  assert.deepEqual([code, stderr], [0, ""]);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  const flags = [...Object.values(evalFlags), ...evalSettings.map((name) => optionTable[name])];
  for (const { flag } of flags) assert.match(stdout, new RegExp(`^  --(?:\\[no-\\])?${flag}\\b`, "m"));
});

Deno.test("all wrong arguments are reported together, with exit code 2", async () => {
  await using folder = await temporaryFolder();
  const wrong = await runEval(["a.jsonl", "b", "--sample", "0", "--min-exact=101", "--all"], folder.path);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /^eval: unexpected argument "b"/m);
  assert.match(wrong.stderr, /^eval: --all works only with --offline/m);
  assert.match(wrong.stderr, /^eval: wrong --sample "0": expected a whole number, 1 or more/m);
  assert.match(wrong.stderr, /^eval: wrong --min-exact "101": expected a number from 0 to 100/m);
  assert.match(wrong.stderr, /^eval: missing API key: give --api-key KEY or set OPENAI_API_KEY/m);
  assert.match(wrong.stderr, /Try deno task eval --help\.\n$/);
});

Deno.test("unknown flags, missing files and paths that are not files are reported with exit code 2", async () => {
  await using folder = await temporaryFolder();
  const cases: [string[], RegExp][] = [
    [["--offlin"], /^eval: unknown flag --offlin: did you mean --offline\?/],
    [["--offline", "--model", "x"], /--model cannot be combined with --offline/],
    [["none.jsonl", "--offline"], /^eval: cannot read none\.jsonl: there is no such file/],
    [["--offline", "--sample", "1", "--out", "."], /^eval: cannot write \..*: (permission|it is)/],
    [["--compare", "a.json"], /^eval: --compare takes two files or more, not 1/],
    [["--compare", "a.json", "b.json"], /^eval: cannot read a\.json: there is no such file/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await runEval(args, folder.path);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
});

Deno.test("a run prints a table and the wrong cells, and writes JSON and an HTML report", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel({ two: answer(stdout("['a', 'a']\n")) }));
  const { code, stdout: table, stderr } = await runEval(argsFor(server, "--html", "out.html"), folder.path);
  assert.equal(code, 0, stderr);
  assert.match(
    stderr,
    /^About 3 requests, [\d,]+ tokens in and \d+ out, at an unknown price\.\nwrong {7}two {2}stdout, result\n/,
  );
  assert.match(table, /^all +3 +66\.7 %/m);
  assert.match(table, /^requests +3 +3 +×1\.00$/m);
  assert.match(table, /^tokens in +[\d,]+ +[\d,]+ +×/m);
  const run: EvalRun = JSON.parse(folder.read("out.json"));
  assert.deepEqual(
    {
      ...run,
      startedAt: "",
      estimate: run.estimate?.requests,
      cells: run.cells.map(({ name, match }) => [name, match]),
    },
    {
      format: EVAL_FORMAT,
      model: "gpt-4o-mini",
      server: server.host,
      startedAt: "",
      set: "rows",
      cellsInSet: 3,
      estimate: 3,
      cells: [["one", "exact"], ["two", "wrong"], ["three", "exact"]],
    },
  );
  assert.match(folder.read("out.html"), /^<!doctype html>/i);
});

Deno.test("--min-exact ends with exit code 1 when the score is lower", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel({ two: answer(result("['b']")) }));
  const args = argsFor(server, "--min-exact");
  assert.equal((await runEval([...args, "67"], folder.path)).code, 1);
  assert.equal((await runEval([...args, "66.6"], folder.path)).code, 0);
  assert.equal(server.requests.length, 3);
});

Deno.test("a run interrupted by Ctrl-C continues with the same command without repeating answered cells", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(
    (request) => server.requests.length === 2 ? [...gate("second"), ...rowModel()(request) as []] : rowModel()(request),
  );
  const args = argsFor(server, "--concurrency", "1");
  const process = startEval(args, folder.path);
  await server.reached("second");
  process.kill("SIGINT");
  const stopped = await endOf(process);
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /Stopped after 1 of 3 cells: the same command continues\./);
  assert.equal(JSON.parse(folder.read("out.json")).cells.length, 1);

  const done = await runEval(args, folder.path);
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stderr, /1 of 3 cells were answered in a run that began at/);
  assert.deepEqual(JSON.parse(folder.read("out.json")).cells.map(({ name }: { name: string }) => name), [
    "one",
    "two",
    "three",
  ]);
  // The second request was interrupted, so only that cell was sent twice.
  const asked = server.requests.map((request) => rows.findIndex(({ code }) => codeOf(request).startsWith(code)));
  assert.deepEqual(asked, [0, 1, 1, 2]);

  await runEval(args, folder.path);
  assert.equal(server.requests.length, 4);
  await runEval([...args, "--fresh"], folder.path);
  assert.equal(server.requests.length, 7);
});

Deno.test("a run with other settings or cells is refused, and the message names the difference", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel());
  await runEval(argsFor(server), folder.path);
  const other = await runEval(argsFor(server, "--model", "gpt-other", "--reasoning", "off"), folder.path);
  assert.equal(other.code, 2);
  assert.match(
    other.stderr,
    /out\.answers\.jsonl holds another run, with model "gpt-4o-mini" instead of "gpt-other", reasoning "auto" instead of "off": give --fresh/,
  );
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, JSON.stringify({ ...rows[0], input: "2", output: "3" }));
  const changed = await runEval(argsFor(server), folder.path);
  assert.match(changed.stderr, /holds another run, with cells 3 instead of 1, digest /);
  assert.equal(server.requests.length, 3);
});

Deno.test("a file without recorded answers is never overwritten, even with --fresh", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel());
  await Deno.writeTextFile(`${folder.path}/out.answers.jsonl`, '{"mine": true}\n');
  const { code, stderr } = await runEval(argsFor(server, "--fresh"), folder.path);
  assert.equal(code, 2);
  assert.match(stderr, /out\.answers\.jsonl already exists/);
  assert.equal(folder.read("out.answers.jsonl"), '{"mine": true}\n');
});

Deno.test("an answer that was truncated when the process was killed is requested again", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel());
  const args = argsFor(server, "--concurrency", "1");
  await runEval(args, folder.path);
  const kept = folder.read("out.answers.jsonl");
  await Deno.writeTextFile(`${folder.path}/out.answers.jsonl`, kept.slice(0, -20));
  await runEval(args, folder.path);
  assert.equal(server.requests.length, 4);
  assert.equal(JSON.parse(folder.read("out.json")).cells.length, 3);
});

Deno.test("an API key that OpenAI refuses ends the run before the first cell, with exit code 3", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel(), { models: { status: 401, body: {} } });
  const environment = openAIByProxy(server.host);
  const args = argsFor({ baseUrl: environment.OPENAI_BASE_URL });
  const { code, stderr } = await runEval(args, folder.path, environment);
  assert.equal(code, 3, stderr);
  assert.match(stderr, /does not accept the API key/);
  assert.doesNotMatch(stderr, /sk-test/);
  assert.equal(server.requests.length, 0);
});

Deno.test("--history-tokens and --max-output-per-cell apply to each cell and identify the run", async () => {
  await using folder = await temporaryFolder();
  await using server = await startScriptedModel(goldenModel());
  const args = ["--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json", "--sample", "4"];
  const limits = ["--history-tokens", "0", "--max-output-per-cell", "1"];
  const { code, stderr } = await runEval([...args, ...limits], folder.path);
  assert.equal(code, 0, stderr);
  assert.deepEqual(server.requests.map(({ body }) => body.messages.length), [2, 2, 2, 2]);
  const run: EvalRun = JSON.parse(folder.read("out.json"));
  assert.ok(run.cells.some(({ match }) => match === "wrong"));
  const other = await runEval(args, folder.path);
  assert.match(other.stderr, /historyTokens 0 instead of none/);
  assert.match(other.stderr, /maxOutputPerCell 1 instead of 1000000/);
});

Deno.test("--compare shows two runs side by side", async () => {
  await using folder = await rowFolder();
  await using server = await startScriptedModel(rowModel());
  await runEval(argsFor(server), folder.path);
  const { code, stdout: table, stderr } = await runEval(
    ["--compare", "out.json", "out.json", "--html", "both.html"],
    folder.path,
  );
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(table, /^kind +cells +exact a +exact b/m);
  assert.match(folder.read("both.html"), /^<!doctype html>/i);
});

Deno.test("the offline model answers at least 90 % of a sample of golden cells exactly", async () => {
  await using folder = await temporaryFolder();
  const args = ["--offline", "--sample", "25", "--seed", "4", "--out", "out.json", "--min-exact", "90"];
  const { code, stdout: table, stderr } = await runEval(args, folder.path);
  assert.equal(code, 0, `${table}${stderr}`);
  const run: EvalRun = JSON.parse(folder.read("out.json"));
  assert.deepEqual([run.server, run.model, run.sample], ["offline", "offline-python", { size: 25, seed: 4 }]);
  assert.equal(run.cells.length, 25);
  assert.ok(run.cells.every(({ needs }) => needs.length === 0));
});
