/**
 * Malformed, forged and concurrent requests to a kernel.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, gate, result, stdout } from "../../support/scripted_answer.ts";
import { KernelAtWork } from "./kernel_at_work.ts";
import { kernelTest } from "./kernel_tests.ts";

kernelTest("has no comms and closes those that clients open", async (python) => {
  await using at = await KernelAtWork.start(python, []);
  const client = await at.connect();
  const { reply } = await client.request("shell", "comm_info_request", { target_name: "jupyter.widget" });
  assert.deepEqual(reply.content, { status: "ok", comms: {} });
  const id = await client.send("shell", "comm_open", { comm_id: "c1", target_name: "jupyter.widget", data: {} });
  const closed = await client.sees(({ type }) => type === "comm_close");
  assert.deepEqual([closed.content, closed.parent.msg_id], [{ comm_id: "c1", data: {} }, id]);
  await client.send("shell", "comm_msg", { comm_id: "c1", data: {} });
  await client.send("shell", "comm_close", { comm_id: "c1", data: {} });
  await client.request("shell", "kernel_info_request");
});

kernelTest("rejects debug requests", async (python) => {
  await using at = await KernelAtWork.start(python, []);
  const client = await at.connect();
  const { reply } = await client.request("control", "debug_request", {
    type: "request",
    seq: 4,
    command: "initialize",
  });
  assert.deepEqual(reply.content, {
    type: "response",
    request_seq: 4,
    command: "initialize",
    success: false,
    message: "Nothing is executed, so there is nothing to debug.",
  });
});

kernelTest("answers malformed requests with an error and ignores unknown types", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("1")));
  const client = await at.connect();
  const malformed: [string, unknown][] = [
    ["execute_request", {}],
    ["execute_request", { code: 5 }],
    ["execute_request", { code: "1", silent: "no" }],
    ["execute_request", { code: "1", user_expressions: { a: 1 } }],
    ["complete_request", { cursor_pos: 3 }],
    ["complete_request", { code: "x", cursor_pos: "y" }],
    ["inspect_request", { code: null }],
    ["history_request", { hist_access_type: "all" }],
    ["history_request", { hist_access_type: "tail", n: 1.5 }],
    ["is_complete_request", {}],
  ];
  for (const [type, content] of malformed) {
    const { reply } = await client.request("shell", type, content);
    assert.equal(reply.type, type.replace("request", "reply"));
    assert.deepEqual([reply.content.status, reply.content.ename], ["error", "ContentError"], JSON.stringify(content));
    assert.match(reply.content.evalue, new RegExp(`^The content of ${type} is not valid: "\\w+" must be`));
  }
  const unknown = ["what_request", "toString", "constructor"];
  for (const type of unknown) await client.send("shell", type, {});
  assert.equal((await client.run("1")).reply.content.status, "ok");
  const warnings = at.log.filter((line) => line === "warn a message of an unknown type was ignored");
  assert.equal(warnings.length, unknown.length);
});

kernelTest("drops forged and repeated messages", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("1")));
  const client = await at.connect();
  const code = { code: "1", silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
  const forged = await client.send("shell", "execute_request", code, { forged: true });
  const twice = await client.send("shell", "execute_request", code, { times: 2 });
  await client.request("shell", "kernel_info_request");
  assert.deepEqual(client.seen.filter(({ parent }) => parent.msg_id === forged), []);
  assert.equal(client.seen.filter(({ type, parent }) => type === "execute_reply" && parent.msg_id === twice).length, 1);
  assert.equal(at.server.requests.length, 1);
  assert.equal(at.log.filter((line) => line === "warn a message was dropped").length, 2);
});

kernelTest("publishes to all clients and replies only to the client that asked", async (python) => {
  await using at = await KernelAtWork.start(python, answer(result("6")));
  const [one, other] = [await at.connect(), await at.connect()];
  const id = await one.sendCell("6");
  const { published } = await one.answered(id);
  const isOf = ({ parent }: { parent: { msg_id?: string } }) => parent.msg_id === id;
  await other.sees((message) => isOf(message) && message.content.execution_state === "idle");
  assert.deepEqual(
    other.seen.filter(isOf).map(({ channel, type }) => [channel, type]),
    [{ type: "status" }, ...published, { type: "status" }].map(({ type }) => ["iopub", type]),
  );
});

kernelTest("answers on the control channel while a cell runs, and on the shell channel afterwards", async (python) => {
  await using at = await KernelAtWork.start(python, [...stdout("begun\n"), ...gate("end"), ...answer(result("1"))]);
  const client = await at.connect();
  const cell = await client.sendCell("slow()");
  const info = await client.send("shell", "kernel_info_request", {});
  await client.sees(({ type }) => type === "stream");
  await client.request("control", "kernel_info_request");
  assert.deepEqual(client.seen.filter(({ parent }) => parent.msg_id === info), []);
  at.server.open("end");
  await client.answered(cell);
  await client.answered(info);
});
