/**
 * Two system prompts compared on one model: `deno task eval --prompt FILE`.
 *
 * @module
 */

import assert from "node:assert/strict";
import { builtInTemplate } from "../../eval/prompt/prompt_file.ts";
import type { EvalRun } from "../../eval/eval_run.ts";
import { SYSTEM_PROMPT } from "../../src/execution/prompt/system_prompt.ts";
import { answer, gate, result, text } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";
import { endOf, runEval, startEval, temporaryFolder } from "./eval_process.ts";
import { codeOf } from "./evaluate.ts";

const rows = Array.from({ length: 6 }, (_, index) => ({
  code: `def f(x):\n    return x + ${index}`,
  input: "1",
  output: String(1 + index),
  id: `row_${index}`,
}));

const prefix = "Be brief.\n";

const systemOf = ({ body }: RecordedRequest): string => body.messages[0].content;
const promptOf = (request: RecordedRequest): "a" | "b" => systemOf(request).startsWith(prefix) ? "b" : "a";
const rowOf = (request: RecordedRequest): number =>
  rows.findIndex(({ code, input }) => codeOf(request) === `${code}\nf(${input})`);

/** Returns a model that answers correctly with prompt b and wrongly with prompt a. `instead` can replace an answer. */
function model(instead: (row: number, prompt: "a" | "b") => Script | undefined = () => undefined) {
  return (request: RecordedRequest): Script => {
    const [row, prompt] = [rowOf(request), promptOf(request)];
    return instead(row, prompt) ?? answer(result(prompt === "b" ? rows[row].output : "'?'"));
  };
}

/** Makes a folder with the rows and with `mine.txt`, which is the built-in prompt below another first line. */
async function folderWithPrompt(): ReturnType<typeof temporaryFolder> {
  const folder = await temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/rows.jsonl`, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  await Deno.writeTextFile(`${folder.path}/mine.txt`, prefix + builtInTemplate());
  return folder;
}

const argsFor = (server: { baseUrl: string }, ...more: string[]): string[] => [
  "rows.jsonl",
  ...["--base-url", server.baseUrl, "--api-key", "sk-test", "--out", "out.json", "--concurrency", "1"],
  ...["--prompt", "mine.txt"],
  ...more,
];

const askedOf = (requests: readonly RecordedRequest[]): string =>
  requests.map((request) => `${rowOf(request)}${promptOf(request)}`).join(" ");

Deno.test("--prompt runs each cell with both prompts in alternating order and compares the scores", async () => {
  await using folder = await folderWithPrompt();
  await using server = await startScriptedModel(model());
  const args = argsFor(server, "--price", "1,2", "--html", "out.html");
  const { code, stdout: table, stderr } = await runEval(args, folder.path);
  assert.equal(code, 0, stderr);
  assert.equal(askedOf(server.requests), "0a 0b 1b 1a 2a 2b 3b 3a 4a 4b 5b 5a");
  assert.deepEqual([...new Set(server.requests.map(systemOf))], [SYSTEM_PROMPT, prefix + SYSTEM_PROMPT]);
  const keys = new Set(server.requests.map(({ body }) => `${body.prompt_cache_key}`));
  assert.equal(keys.size, 2, [...keys].join());
  assert.match(stderr, /^About 12 requests, \d+,000 tokens in and [\d,]+ out, \$0\.\d+ if/m);
  assert.match(stderr, /^wrong {7}a {2}row_0 {2}result$/m);
  assert.match(
    table.replace(/\n {2}/g, " "),
    /^a: .*, prompt built-in \([\d,]+ tokens\)\nb: .*, prompt mine\.txt \([\d,]+ tokens\)$/m,
  );
  assert.match(table, /^number +6 +0\.0 % +100\.0 % +\+100\.0 +0 +6 +0\.031$/m);
  assert.match(table, /^Exact: a alone in 0 cells, b alone in 6: p = 0\.031 \(McNemar's exact test\)\.$/m);
  assert.match(table, /^dollars +\$/m);
  const [a, b]: EvalRun[] = ["out.a.json", "out.b.json"].map((name) => JSON.parse(folder.read(name)));
  assert.deepEqual([a.prompt!.name, b.prompt!.name], ["built-in", "mine.txt"]);
  assert.notEqual(a.prompt!.digest, b.prompt!.digest);
  assert.deepEqual(b.price, { input: 1, cachedInput: 1, output: 2 });
  assert.match(folder.read("out.html"), /prompt mine\.txt \(/);
});

Deno.test("a comparison interrupted by Ctrl-C continues without repeating answered requests", async () => {
  await using folder = await folderWithPrompt();
  await using server = await startScriptedModel((request) =>
    server.requests.length === 4 ? [...gate("fourth"), ...model()(request) as []] : model()(request)
  );
  const process = startEval(argsFor(server), folder.path);
  await server.reached("fourth");
  process.kill("SIGINT");
  const stopped = await endOf(process);
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /Stopped after 3 of 12 answers: the same command continues\./);
  assert.match(stopped.stdout, /^all +1 /m);
  const done = await runEval(argsFor(server), folder.path);
  assert.match(done.stderr, /3 of 12 answers were given in a run that began at .*\nAbout 9 requests/);
  assert.equal(askedOf(server.requests), "0a 0b 1b 1a 1a 2a 2b 3b 3a 4a 4b 5b 5a");
  assert.match(done.stdout, /^all +6 /m);
});

Deno.test("a cell whose server failed has no score and runs again, while an unusable answer is scored", async () => {
  await using folder = await folderWithPrompt();
  let isBroken = true;
  await using server = await startScriptedModel(model((row, prompt) => {
    if (isBroken && row === 2 && prompt === "b") return { status: 403, body: { error: { message: "out of order" } } };
    return row === 4 && prompt === "a" ? answer(text("I cannot run code.")) : undefined;
  }));
  const first = await runEval(argsFor(server), folder.path);
  assert.match(first.stdout, /^all +5 +0\.0 % +100\.0 % .* 0 +5 +0\.063$/m);
  assert.match(
    first.stdout.replace(/\n {2}/g, " "),
    /^Left out .*: 1 cell whose server failed or was late \(a 0, b 1\)/m,
  );
  isBroken = false;
  const before = server.requests.length;
  const second = await runEval(argsFor(server), folder.path);
  assert.equal(askedOf(server.requests.slice(before)), "2b");
  assert.match(second.stdout, /^all +6 /m);
  assert.doesNotMatch(second.stdout, /Left out/);
});

Deno.test("--prompt given twice compares the two files", async () => {
  await using folder = await folderWithPrompt();
  await Deno.writeTextFile(`${folder.path}/other.txt`, `Other.\n${builtInTemplate()}`);
  await using server = await startScriptedModel(model());
  const { code, stderr } = await runEval(argsFor(server, "--prompt", "other.txt", "--sample", "1"), folder.path);
  assert.equal(code, 0, stderr);
  assert.deepEqual(server.requests.map((request) => systemOf(request).split("\n")[0]), ["Be brief.", "Other."]);
});

Deno.test("a comparison does not continue after its prompt file has changed", async () => {
  await using folder = await folderWithPrompt();
  await using server = await startScriptedModel(model());
  await runEval(argsFor(server, "--sample", "1"), folder.path);
  await Deno.writeTextFile(`${folder.path}/mine.txt`, `${prefix}${builtInTemplate()}More.`);
  const { code, stderr } = await runEval(argsFor(server, "--sample", "1"), folder.path);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /out\.b\.answers\.jsonl holds another run, with prompt "mine\.txt \w+" instead of "mine\.txt \w+"/,
  );
  assert.equal(server.requests.length, 2);
});

Deno.test("a comparison above one dollar is refused without --yes and keeps the recorded answers", async () => {
  await using folder = await folderWithPrompt();
  await using server = await startScriptedModel(model());
  await runEval(argsFor(server), folder.path);
  const dear = ["--price", "1000,1000", "--fresh"];
  const refused = await runEval(argsFor(server, ...dear), folder.path);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /^eval: this takes about 12 requests, .* more than \$1\.00: give --sample N/m);
  assert.equal(server.requests.length, 12);
  assert.equal((await runEval(argsFor(server), folder.path)).code, 0);
  assert.equal(server.requests.length, 12);
  assert.equal((await runEval(argsFor(server, ...dear, "--yes"), folder.path)).code, 0);
  assert.equal(server.requests.length, 24);
});

Deno.test("all problems of prompt files and arguments are reported, with exit code 2", async () => {
  await using folder = await folderWithPrompt();
  await Deno.writeTextFile(`${folder.path}/bad.txt`, "{{no_output}} {{done}} {{output_omitted}} {{brief}} {{nothing}}");
  await using server = await startScriptedModel(model());
  const bad = argsFor(server).map((word) => word === "mine.txt" ? "bad.txt" : word);
  const cases: [string[], RegExp[]][] = [
    [bad, [
      /^eval: line 1 of bad\.txt has the unknown placeholder \{\{nothing\}\}/m,
      /^eval: bad\.txt lacks \{\{full\}\}/m,
    ]],
    [argsFor(server, "--prompt", "none.txt"), [/^eval: cannot read none\.txt: there is no such file/m]],
    [argsFor(server, "--prompt", "x", "--prompt", "y"), [
      /^eval: --prompt compares two prompts and was given 3 times/m,
    ]],
    [argsFor(server, "--min-exact", "5"), [/^eval: --min-exact cannot be combined with --prompt/m]],
    [argsFor(server, "--price", "cheap"), [/^eval: wrong price "cheap" \(from --price\): expected IN,CACHED,OUT/m]],
    [["--compare", "a.json", "b.json", "--prompt", "mine.txt"], [/^eval: --prompt cannot be combined with --compare/]],
  ];
  for (const [args, messages] of cases) {
    const { code, stderr } = await runEval(args, folder.path);
    assert.equal(code, 2, stderr);
    for (const message of messages) assert.match(stderr, message);
  }
  assert.equal(server.requests.length, 0);
});

Deno.test("--show-prompt prints the built-in prompt with its placeholders", async () => {
  await using folder = await temporaryFolder();
  const { code, stdout, stderr } = await runEval(["--show-prompt"], folder.path);
  assert.deepEqual([code, stdout, stderr], [0, builtInTemplate(), ""]);
});
