/**
 * The records that `--trace` writes, and the text that `aipython trace` shows for them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { parseTrace } from "../../../src/execution/trace/parse_trace.ts";
import { silentLogger } from "../../../src/logger.ts";
import { TraceFile } from "../../../src/cli/files/trace_file.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import { openClient } from "../../support/notebook_client.ts";
import { answer, done, error, finish, result, stdout, text, usage } from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";
import { runTraced } from "../../support/traced_cell.ts";
import { findSecrets } from "../../security/secret_forms.ts";
import { runToEnd } from "../command_process.ts";
import { RunningCommand } from "../running_command.ts";
import { openRunWorkspace, openRunWorkspaceWith } from "../run/run_process.ts";

/** Parses the records of a text. Fails if a line is not a record. */
const readTraces = (written: string) =>
  written.trimEnd().split("\n").map((line) => parseTrace(line) ?? assert.fail(`not a record: ${line}`));

/** Runs `aipython trace`. `input` is its stdin. */
const show = (args: string[], directory: string, input?: string, environment: Record<string, string> = {}) =>
  runToEnd(["trace", ...args], { directory, input, environment });

const cells = "print('a')\n# %%\n1 + 1\n# %%\n1 / 0\n# %%\n'never'\n";

Deno.test("aipython run --trace appends a record for each cell that has run to a file with mode 0600", async () => {
  await using at = await openRunWorkspace(
    answer(stdout("a\n")),
    answer(result("2")),
    answer(error("ZeroDivisionError", "division by zero")),
  );
  await at.write("cells.py", cells);
  const { code, stderr } = await at.run(["cells.py", "--trace", "t.jsonl"]);
  assert.equal(code, 1, stderr);
  const traces = readTraces(await at.read("t.jsonl"));
  assert.deepEqual(traces.map(({ executionCount, ended }) => [executionCount, ended]), [
    [1, "success"],
    [2, "success"],
    [3, "error"],
  ]);
  assert.equal(traces[2].error, "ZeroDivisionError: division by zero");
  assert.equal((await Deno.stat(`${at.folder}/t.jsonl`)).mode! & 0o777, 0o600);
  await at.run(["cells.py", "--trace", "t.jsonl"]);
  assert.equal(readTraces(await at.read("t.jsonl")).length, 4, "earlier records are kept");
});

Deno.test("aipython run --trace exits with 2 before the first cell when the file cannot be written", async () => {
  await using at = await openRunWorkspace(answer(stdout("a\n")));
  await at.write("cell.py", "print('a')");
  for (const [path, reason] of [["gone/t.jsonl", "there is no such file or folder"], [".", "it is a folder"]]) {
    const { code, stdout, stderr } = await at.run(["cell.py", "--trace", path]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.ok(stderr.includes(`cannot write "${path}", the file of --trace: ${reason}`), stderr);
  }
  assert.equal(at.server.requests.length, 0);
});

Deno.test("TraceFile reports a record that cannot be written only once", async () => {
  const folder = await Deno.makeTempDir();
  const warnings: string[] = [];
  const file = new TraceFile(`${folder}/t.jsonl`, { ...silentLogger, warn: (message) => void warnings.push(message) });
  await Deno.remove(folder, { recursive: true });
  const { trace } = await runTraced(answer(stdout("a\n")));
  file.add(trace);
  file.add(trace);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /t\.jsonl", the file of --trace: there is no such file or folder/);
});

Deno.test("aipython run --trace writes no secret, even if the model or the notebook repeats it", async () => {
  const key = "s3cret-key";
  await using at = await openRunWorkspaceWith(inTurn(
    answer(stdout(`Bearer ${key}\n`), text(btoa(`key=${key}!`))),
    { status: 400, body: { error: { message: `what is ${key}?` } } },
  ));
  await at.write("cells.py", `key = "${key}"\nprint(key)\n# %%\n2\n`);
  await at.run(["cells.py", "--trace", "t.jsonl", "--allow-errors", "--header", `X-Token: Bearer of-${key}-two`]);
  const written = await at.read("t.jsonl");
  assert.equal(readTraces(written).length, 2);
  assert.deepEqual(findSecrets(written, [key, `of-${key}-two`]), []);
  assert.match(written, /\[hidden\]/);
});

Deno.test("aipython --trace writes the cells of all notebooks with their ids", async () => {
  await using server = await startSyncServer();
  const { syncUrl, authToken } = server;
  await using model = await startScriptedModel(({ body }) => answer("tools" in body ? stdout("a\n") : text("So.")));
  const folder = await Deno.makeTempDir();
  const ids = [newNotebookId(), newNotebookId()];
  const environment = agentEnvironment(
    { syncUrl, authToken, notebookId: ids.join(",") },
    { baseUrl: model.baseUrl, apiKey: "sk-very-secret-key" },
  );
  const file = `${folder}/t.jsonl`;
  await using command = new RunningCommand({ environment, permissions: [`--allow-write=${file}`] }, ["--trace", file]);
  const ran: [string, string, string][] = [];
  for (const notebookId of ids) {
    await using person = await openClient({ syncUrl, authToken, notebookId });
    const cell = person.addCell("print('a')");
    const request = person.run(cell);
    await person.requestIs(request, "completed");
    ran.push([notebookId, cell, request]);
    const question = person.addCell("Why?", "ai");
    const asked = person.run(question);
    await person.requestIs(asked, "completed");
    ran.push([notebookId, question, asked]);
  }
  command.kill("SIGINT");
  await command.end();
  const written = await Deno.readTextFile(file);
  assert.deepEqual(
    readTraces(written).map(({ notebookId, cellId, queueId }) => [notebookId, cellId, queueId]),
    ran,
  );
  const one = await show([file, "--cell", ran[1][1]], folder);
  assert.equal(one.stdout.match(/^(In \[|AI cell)/gm)?.length, 1);
  assert.ok(one.stdout.includes(`cell ${ran[1][1]}`));
  assert.match(one.stdout, /^AI cell succeeded\n/);
  assert.match(one.stdout, /^chat completions, 2 messages, about \d+ tokens$/m);
  assert.match(one.stdout, /^ {4}Question:\n {4}Why\?\n(.*\n)*Reply \(complete\)\n.*\n {4}So\.\n/m);
  const none = await show([file, "--cell", "undefined"], folder);
  assert.deepEqual([none.code, none.stdout], [1, ""]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("aipython trace shows requests, hints and replies, and why the model was asked again", async () => {
  const cut = [...stdout("a\n"), ...finish("length"), ...usage(), ...done()];
  await using at = await openRunWorkspaceWith(inTurn(cut, answer(result("2"))));
  await at.write("cell.py", "print('a')\n1 + 1");
  await at.run(["cell.py", "--trace", "t.jsonl"]);
  const { code, stdout: shown, stderr } = await show(["t.jsonl"], at.folder);
  assert.deepEqual([code, stderr], [0, ""]);
  const stable = shown.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, "TIME").replace(/\d+\.\d+ s/g, "N s").replace(
    /about [\d,]+/g,
    "about N",
  );
  assert.equal(
    stable,
    `In [1] succeeded
scripted, TIME, N s in all, first token after N s, 2 requests, 20 tokens in, 10 out

Asked
chat completions, tool calls, 2 messages, about N tokens
    In [1]: Out[1] unless None
    print('a')
    1 + 1
Reply (cut off by the length limit)
N s, first token after N s, 10 tokens in, 5 out
    stdout {"text":"a\\n"}

Asked again: the reply was cut off by the length limit
    Its reply reached the length limit before the output was complete; let the cell output less, or split it.
chat completions, tool calls, 4 messages, about N tokens
    ok; the reply was cut off here by the length limit. All output up to here is shown: go on right after it and repeat nothing
Reply (complete)
N s, first token after N s, 10 tokens in, 5 out
    execute_result {"data":{"text/plain":"2"}}

`,
  );
  const coloured = await show(["t.jsonl"], at.folder, undefined, { FORCE_COLOR: "1", NO_COLOR: "" });
  // deno-lint-ignore no-control-regex -- the test looks for colours
  assert.match(coloured.stdout, /\x1b\[35mOut\[1\] unless None\x1b\[0m/);
  // deno-lint-ignore no-control-regex -- the test looks for colours
  assert.equal(coloured.stdout.replace(/\x1b\[\d*m/g, ""), shown);
});

Deno.test("aipython trace shows the cost of a cell and of its requests if the price is known", async () => {
  const cut = [...stdout("a\n"), ...finish("length"), ...usage(), ...done()];
  await using at = await openRunWorkspaceWith(inTurn(cut, answer(result("2"))));
  await at.write("cell.py", "print('a')\n1 + 1");
  await at.run(["cell.py", "--trace", "t.jsonl", "--price", "1000,500,2000"]);
  const { stdout: shown } = await show(["t.jsonl"], at.folder);
  assert.deepEqual(shown.match(/\d+ tokens in.*$/gm), [
    "20 tokens in, 10 out, $0.04",
    "10 tokens in, 5 out, $0.02",
    "10 tokens in, 5 out, $0.02",
  ]);
});

Deno.test("aipython trace reports invalid lines by number and removes control characters", async () => {
  await using at = await openRunWorkspace(answer(stdout("\x1b]0;title\x07\x1b[2Jevil\r\n")));
  await at.write("cell.py", "print('a')\n");
  await at.run(["cell.py", "--trace", "t.jsonl"]);
  const line = (await at.read("t.jsonl")).replace('"model":"scripted"', '"model":"\\u001b[2Jmodel"');
  const input = `garbage\n\n${line}{"requests":[]}\n${line.slice(0, 100)}\n7\n`;
  const { code, stdout: shown, stderr } = await show(["-"], at.folder, input);
  assert.equal(code, 0);
  // deno-lint-ignore no-control-regex -- the test looks for control characters
  assert.doesNotMatch(shown, /[\x1b\r\x07]/);
  assert.match(shown, /^model, /m);
  assert.deepEqual(stderr.match(/\d+/g), ["1", "4", "5", "6"]);
});

Deno.test("aipython trace --cell shows one cell and exits with 1 for a number without a record", async () => {
  await using at = await openRunWorkspace(answer(stdout("a\n")));
  await at.write("cells.py", "print('a')\n# %%\nprint('b')\n");
  await at.run(["cells.py", "--trace", "t.jsonl"]);
  const one = await show(["t.jsonl", "--cell", "2"], at.folder);
  assert.deepEqual(one.stdout.match(/^In \[\d\] /gm), ["In [2] "]);
  const none = await show(["t.jsonl", "--cell", "9"], at.folder);
  assert.deepEqual([none.code, none.stdout], [1, ""]);
  assert.match(none.stderr, /There is no record of a cell "9"/);
  const empty = await show(["-"], at.folder, "");
  assert.deepEqual([empty.code, empty.stderr], [1, "There is no record of a cell.\n"]);
  const gone = await show(["gone.jsonl"], at.folder);
  assert.equal(gone.code, 2);
  assert.match(gone.stderr, /cannot read "gone.jsonl": there is no such file/);
});
