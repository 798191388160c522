import assert from "node:assert/strict";
import { answer, gate, result, stdout } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { jupyterTest } from "../jupyter_python.ts";
import { KernelAtWork } from "./kernel_at_work.ts";

const kernelTest = (name: string, fn: (python: string) => Promise<void>) =>
  jupyterTest(["jupyter_client", "zmq"], `a kernel ${name}`, fn);

const endless = [...stdout("begun\n"), ...gate("never")];

kernelTest("stops its model at an interrupt and aborts the waiting requests", async (python) => {
  await using at = await KernelAtWork.start(python, inTurn(endless, answer(result("1"))));
  const client = await at.connect();
  const cell = await client.sendCell("while True: pass");
  const other = await client.sendCell("1");
  await client.sees(({ type }) => type === "stream");
  const { reply } = await client.request("control", "interrupt_request");
  assert.deepEqual(reply.content, { status: "ok" });
  await at.server.disconnected(0);
  const interrupted = await client.answered(cell);
  assert.deepEqual(interrupted.published.map(({ type }) => type), ["execute_input", "stream", "error"]);
  assert.equal(interrupted.published[2].content.ename, "KeyboardInterrupt");
  assert.deepEqual(
    [interrupted.reply.content.status, interrupted.reply.content.ename, interrupted.reply.content.execution_count],
    ["error", "KeyboardInterrupt", 1],
  );
  assert.equal((await client.answered(other)).reply.content.status, "aborted");
  assert.equal((await client.run("1")).reply.content.status, "ok");
});

kernelTest("ignores an interrupt while nothing runs", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("1")));
  const client = await at.connect();
  await client.request("control", "interrupt_request");
  at.kernel.interrupt();
  assert.equal((await client.run("1")).reply.content.status, "ok");
});

kernelTest("can be interrupted while its model is being connected", async (python) => {
  const opened = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<void>();
  await using at = await KernelAtWork.start(python, answer(result("1")), {
    open: async (shell) => {
      opening.resolve();
      await opened.promise;
      return shell;
    },
  });
  const client = await at.connect();
  const question = await client.send("shell", "inspect_request", { code: "zip", cursor_pos: 1, detail_level: 0 });
  await opening.promise;
  await client.request("control", "interrupt_request");
  const { content } = (await client.answered(question)).reply;
  assert.deepEqual([content.status, content.ename], ["error", "KeyboardInterrupt"]);
  const cell = await client.sendCell("1");
  await client.sees(({ type }) => type === "execute_input");
  await client.request("control", "interrupt_request");
  const { published, reply } = await client.answered(cell);
  assert.equal(published.at(-1)!.content.ename, "KeyboardInterrupt");
  assert.equal(reply.content.ename, "KeyboardInterrupt");
  opened.resolve();
  assert.equal((await client.run("1")).reply.content.status, "ok");
});

kernelTest("interrupts a question about an object, too", async (python) => {
  await using at = await KernelAtWork.start(python, inTurn(answer(stdout("")), endless));
  const client = await at.connect();
  await client.run("spam = 1");
  const id = await client.send("shell", "inspect_request", { code: "spam", cursor_pos: 1, detail_level: 0 });
  await at.server.request(1);
  await client.request("control", "interrupt_request");
  await client.answered(id);
  await at.server.disconnected(1);
});

kernelTest("interrupts the running cell at shutdown and publishes the shutdown to all clients", async (python) => {
  await using at = await KernelAtWork.start(python, endless);
  const client = await at.connect();
  const cell = await client.sendCell("while True: pass");
  await client.sees(({ type }) => type === "stream");
  const { reply, published } = await client.request("control", "shutdown_request", { restart: true });
  assert.deepEqual(reply.content, { status: "ok", restart: true });
  assert.deepEqual(published.map(({ type, content }) => [type, content]), [["shutdown_reply", {
    status: "ok",
    restart: true,
  }]]);
  assert.equal((await client.answered(cell)).reply.content.ename, "KeyboardInterrupt");
  await at.kernel.ended;
});

kernelTest("shuts down after the requests that wait on the shell channel", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("1")));
  const client = await at.connect();
  const cell = await client.sendCell("1");
  const { reply } = await client.request("shell", "shutdown_request", { restart: false });
  assert.deepEqual(reply.content, { status: "ok", restart: false });
  assert.equal((await client.answered(cell)).reply.content.status, "ok");
  await at.kernel.ended;
});
