import assert from "node:assert/strict";
import { answer, call, result, stdout } from "../../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../../support/scripted_model_server.ts";
import { jupyterTest } from "../../jupyter/jupyter_python.ts";
import type { JupyterBridge } from "../../jupyter/kernel/jupyter_bridge.ts";
import { KernelProcess, temporaryFolder } from "./kernel_process.ts";

const kernelTest = (name: string, fn: (python: string) => Promise<void>) =>
  jupyterTest(["jupyter_client", "zmq"], `aipython kernel --history ${name}`, fn);

/** Runs cells in a separate kernel. Returns the messages of the last model request and the log. */
async function session(
  python: string,
  folder: string,
  use: (client: JupyterBridge) => Promise<void>,
  source: ScriptSource = answer(result("6")),
) {
  await using server = await startScriptedModel(source);
  await using kernel = await KernelProcess.start({
    server,
    folder,
    args: ["--history", `${folder}/history`],
    permissions: [`--allow-write=${folder}/history`],
  });
  const client = await kernel.connect(python);
  await use(client);
  await client.request("control", "shutdown_request", { restart: false });
  const { code, written } = await kernel.end();
  assert.equal(code, 0, written);
  return { told: JSON.stringify(server.requests.at(-1)?.body.messages), written };
}

kernelTest("restores the cells of earlier sessions", async (python) => {
  await using temporary = await temporaryFolder();
  const { folder } = temporary;
  await session(python, folder, async (client) => {
    await client.run("spam = 6");
    await client.run("spam");
  });
  assert.equal((await Deno.stat(`${folder}/history`)).mode! & 0o777, 0o600);
  const { told } = await session(python, folder, async (client) => {
    const { reply } = await client.run("spam + 1");
    assert.equal(reply.content.execution_count, 3);
    const tail = { hist_access_type: "tail", n: 10, output: true, raw: true };
    const { history } = (await client.request("shell", "history_request", tail)).reply.content;
    assert.deepEqual(history, [[1, 1, ["spam = 6", null]], [1, 2, ["spam", "6"]], [2, 3, ["spam + 1", "6"]]]);
    const range = { hist_access_type: "range", session: -1, start: 2, output: false, raw: true };
    assert.deepEqual((await client.request("shell", "history_request", range)).reply.content.history, [[
      -1,
      2,
      "spam",
    ]]);
  });
  assert.match(told, /spam = 6/);
});

kernelTest("forgets the cells before %reset in later sessions, too", async (python) => {
  await using temporary = await temporaryFolder();
  await session(python, temporary.folder, async (client) => {
    await client.run("spam = 6");
    await client.run("%reset -f");
    await client.run("eggs = 7");
  });
  const { told } = await session(python, temporary.folder, async (client) => void await client.run("eggs"));
  assert.doesNotMatch(told, /spam/);
  assert.match(told, /eggs = 7/);
});

kernelTest("skips lines that are not cells and logs a warning", async (python) => {
  await using temporary = await temporaryFolder();
  const { folder } = temporary;
  await session(python, folder, async (client) => void await client.run("spam = 6"));
  const broken = ['{"session":1', "[]", '{"session":1,"executionCount":1,"code":5,"outputs":[]}', '"x"'];
  await Deno.writeTextFile(`${folder}/history`, `${broken.join("\n")}\n`, { append: true });
  const { told, written } = await session(python, folder, async (client) => void await client.run("spam"));
  assert.match(told, /spam = 6/);
  assert.match(written, /warn {2}lines of the history file were skipped: they are not cells lines=4/);
});

kernelTest("stores only the code of a cell with long outputs", async (python) => {
  await using temporary = await temporaryFolder();
  const { folder } = temporary;
  const runs = async (client: JupyterBridge) => void await client.run("print('x' * 60_000)");
  await session(python, folder, runs, answer(stdout("x".repeat(60_000))));
  assert.deepEqual(JSON.parse(await Deno.readTextFile(`${folder}/history`)), {
    session: 1,
    executionCount: 1,
    code: "print('x' * 60_000)",
    outputs: [],
    lacksOutputs: true,
  });
});

kernelTest("does not store the text that was typed for getpass()", async (python) => {
  await using temporary = await temporaryFolder();
  const { folder } = temporary;
  const ask = answer(call("input", { prompt: "Password: ", password: true }));
  const source: ScriptSource = ({ body }) => body.messages.at(-1).role === "tool" ? answer(result("'ok'")) : ask;
  const { told } = await session(python, folder, async (client) => {
    const cell = await client.sendCell("login(getpass.getpass())", { allow_stdin: true });
    await client.sees(({ type }) => type === "input_request");
    await client.send("stdin", "input_reply", { value: "hunter2" });
    assert.equal((await client.answered(cell)).reply.content.status, "ok");
  }, source);
  assert.match(told, /hunter2/);
  const kept = await Deno.readTextFile(`${folder}/history`);
  assert.match(kept, /login/);
  assert.doesNotMatch(kept, /hunter2/);
});

Deno.test("aipython kernel --history exits with 2 when the file cannot be written", async () => {
  await using temporary = await temporaryFolder();
  await using server = await startScriptedModel([]);
  const args = ["--history", temporary.folder];
  await using kernel = await KernelProcess.start({
    server,
    folder: temporary.folder,
    args,
    permissions: [`--allow-write=${temporary.folder}`],
  });
  const { code, written } = await kernel.end();
  assert.match(written, /^aipython: cannot keep the history in ".*": it is a folder\n/);
  assert.equal(code, 2);
});
