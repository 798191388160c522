/**
 * `--log-format json`: each line on stderr is JSON, for every command and after every kind of failure.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, error, gate, result, stderr, stdout } from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";
import { idleAipython, type ProcessOptions, type ProcessResult, runToEnd, startCommand } from "./command_process.ts";

const json = ["--log-format", "json"];
const crashing = new URL("./crashing_aipython.ts", import.meta.url);
const permissions = ["--allow-write", "--allow-run"];

/** A line of the log. */
interface Line {
  time: string;
  level: string;
  message: string;
}

/** Reads stderr as JSON lines. */
function readLines({ stderr }: Pick<ProcessResult, "stderr">): Line[] {
  assert.match(stderr, /\n$/, "stderr is empty or its last line has no newline");
  return stderr.slice(0, -1).split("\n").map((text) => {
    const line = parse(text);
    assert.ok(!Number.isNaN(Date.parse(line?.time ?? "")), `not a JSON line: ${text}`);
    assert.match(`${line?.level} ${typeof line?.message}`, /^(debug|info|warn|error) string$/);
    return line!;
  });
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const settings = ["--auth-token", "t", "--api-key", "sk-s3cret"];
const attach = ["--notebook", "n", ...settings, ...json];

/** A failure: its name, the arguments, the options of the process, the exit code, and a pattern for a message of the log. */
type Failure = [name: string, args: string[], options: ProcessOptions, code: number, said: RegExp];

/** Failures for which no model is needed. */
const failures: Failure[] = [
  ["an unknown flag", [...json, "--nope"], {}, 2, /unknown flag --nope/],
  ["missing settings", json, {}, 2, /missing API key/],
  ["an unknown command", ["rnu", "--log-format=json"], {}, 2, /unexpected argument "rnu"/],
  [
    "an unknown flag, with the log format from a variable",
    ["--nope"],
    { environment: { AIPYTHON_LOG_FORMAT: "json" } },
    2,
    /--nope/,
  ],
  ["a missing env file", [...json, "--env-file", "none.env"], {}, 2, /cannot read the env file "none\.env"/],
  ["aipython run with a missing file", ["run", "none.py", ...settings.slice(2), ...json], {}, 2, /none\.py/],
  ["aipython run with an unknown flag", ["run", "-", ...json, "--nope"], {}, 2, /unknown flag --nope/],
  ["aipython repl without a terminal", ["repl", ...settings.slice(2), ...json], {}, 2, /repl needs a terminal/],
  ["aipython check with an unknown flag", ["check", ...json, "--nope"], {}, 2, /unknown flag --nope/],
  [
    "aipython kernel with a missing connection file",
    ["kernel", "none.json", ...settings.slice(2), ...json],
    {},
    2,
    /none\.json/,
  ],
  [
    "aipython kernel uninstall with --log-format",
    ["kernel", "uninstall", "--name", "none", ...json],
    {},
    2,
    /log-format/,
  ],
  [
    "aipython trace with an invalid record",
    ["trace", "-"],
    { input: "x\n", environment: { AIPYTHON_LOG_FORMAT: "json" } },
    1,
    /Line 1/,
  ],
  [
    "aipython trace with a missing file",
    ["trace", "none.jsonl"],
    { environment: { AIPYTHON_LOG_FORMAT: "json" } },
    2,
    /none\.jsonl/,
  ],
  ["aipython trace with --log-format", ["trace", "-", ...json], {}, 2, /unknown flag --log-format/],
  ["an agent crashes", ["--notebook", "broken", ...attach.slice(2)], { script: idleAipython }, 1, /broken, \[hidden\]/],
  [
    "aipython check crashes",
    ["check", "--notebook", "n", ...settings, ...json],
    { script: crashing },
    1,
    /nobody\ncatches/,
  ],
];

/** Failures of a model server, and cells that write to stderr. */
const models: [name: string, model: ScriptSource, code: number, said: RegExp][] = [
  ["an exhausted quota", { status: 429, body: { error: { message: "q", type: "insufficient_quota" } } }, 1, /quota/],
  ["a rejected API key", { status: 401, body: { error: { message: "no" } } }, 1, /refused the API key/],
  ["an unknown model", { status: 404, body: { error: { message: "model not found" } } }, 1, /model/],
  ["a stream that is cut off", [...stdout("a"), { type: "cut" }], 1, /ModelError/],
  ["a cell that raises an exception", answer(error("ValueError", "wrong")), 1, /^ValueError: wrong$/],
  ["a cell that writes to stderr without a final newline", answer(stderr("a\nb")), 0, /^b$/],
  ["a cell that has a result", answer(result("1")), 0, /./],
];

async function check([name, args, options, code, said]: Failure): Promise<void> {
  const ended = await runToEnd(args, { permissions, ...options });
  const lines = readLines(ended);
  assert.equal(ended.code, code, `${name}: ${ended.stderr}`);
  assert.ok(lines.some(({ message }) => said.test(message)), `${name}: ${ended.stderr}`);
  assert.doesNotMatch(ended.stderr, /s3cret/);
}

for (const failure of failures) {
  Deno.test(`--log-format json writes only JSON lines to stderr: ${failure[0]}`, () => check(failure));
}

for (const [name, model, code, said] of models) {
  Deno.test(`--log-format json writes only JSON lines to stderr: aipython run with ${name}`, async () => {
    await using server = await startScriptedModel(model);
    const args = ["run", "-", "--base-url", server.baseUrl, ...settings.slice(2), ...json];
    await check([name, args, { input: "cell" }, code, said]);
  });
}

Deno.test("--log-format json writes only JSON lines to stderr: aipython run crashes", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const args = ["run", "-", "--base-url", server.baseUrl, ...settings.slice(2), ...json];
  await check(["aipython run crashes", args, { script: crashing, input: "cell" }, 1, /nobody\ncatches this\n +at /]);
});

Deno.test("--log-format json writes only JSON lines to stderr: a notebook or stdout cannot be written", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const args = ["run", "-", "--base-url", server.baseUrl, ...settings.slice(2), ...json];
  await check(["missing folder", [...args, "--output", "none/a.ipynb"], { input: "cell" }, 2, /cannot write/]);
  await check(["full disk", args, { input: "cell", stdoutFile: "/dev/full" }, 141, /cannot write to standard output/]);
});

for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`--log-format json writes only JSON lines to stderr: ${signal} arrives`, async () => {
    await using server = await startScriptedModel([...stdout("begun\n"), ...gate("never")]);
    const args = ["run", "-", "--base-url", server.baseUrl, ...settings.slice(2), ...json];
    for (const [words, options] of [[args, { input: "cell" }], [attach, { script: idleAipython }]] as const) {
      const child = startCommand(words, { permissions, ...options });
      const reader = (words === args ? child.stdout : child.stderr).pipeThrough(new TextDecoderStream()).getReader();
      let seen = "";
      while (!/begun|started/.test(seen)) {
        const { done, value } = await reader.read();
        assert.ok(!done, `the command exited too early: ${seen}`);
        seen += value;
      }
      child.kill(signal);
      const rest: string[] = [];
      for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) rest.push(value!);
      const error = words === args ? await new Response(child.stderr).text() : seen + rest.join("");
      if (words !== args) await child.stdout.cancel();
      readLines({ stderr: error });
      assert.equal((await child.status).code, code);
    }
  });
}
