import assert from "node:assert/strict";
import { answer, call, error, result, type Step } from "../../support/scripted_answer.ts";
import type { RecordedRequest } from "../../support/scripted_model_server.ts";
import { jupyterTest } from "../jupyter_python.ts";
import { KernelAtWork } from "./kernel_at_work.ts";

const kernelTest = (name: string, fn: (python: string) => Promise<void>) =>
  jupyterTest(["jupyter_client", "zmq"], `a kernel ${name}`, fn);

const ask = (prompt: string, password = false) => answer(call("input", { prompt, password }));

/** Answers a cell with a question, and then with the result of the tool `input`. */
const askAndShow = (question: Step[]) => ({ body }: RecordedRequest) => {
  const last = body.messages.at(-1);
  return last.role === "tool" ? answer(result(JSON.stringify(last.content))) : question;
};

const INPUT = { allow_stdin: true };

/** Returns the result of a cell. */
const valueOf = ({ published }: { published: { type: string; content: { data?: Record<string, string> } }[] }) =>
  published.find(({ type }) => type === "execute_result")?.content.data?.["text/plain"];

kernelTest("asks the client whose cell runs for input and passes the reply to the model", async (python) => {
  await using at = await KernelAtWork.start(python, askAndShow(ask("Name: ")));
  const [client, other] = [await at.connect(), await at.connect()];
  const cell = await client.sendCell("input('Name: ')", INPUT);
  const question = await client.sees(({ type }) => type === "input_request");
  assert.deepEqual([question.channel, question.content], ["stdin", { prompt: "Name: ", password: false }]);
  assert.equal(question.parent.msg_id, cell);
  await client.send("stdin", "input_reply", { value: "Brian" }, { parent: question.header });
  assert.match(valueOf(await client.answered(cell))!, /Brian/);
  assert.ok(!other.seen.some(({ type }) => type === "input_request"));
});

kernelTest("requests hidden input for a password, and accepts a reply without a parent header", async (python) => {
  await using at = await KernelAtWork.start(python, askAndShow(ask("Password: ", true)));
  const client = await at.connect();
  const cell = await client.sendCell("import getpass; getpass.getpass()", INPUT);
  const { content } = await client.sees(({ type }) => type === "input_request");
  assert.equal(content.password, true);
  await client.send("stdin", "input_reply", { value: "s3cret" });
  assert.match(valueOf(await client.answered(cell))!, /s3cret/);
});

kernelTest("reports StdinNotImplementedError to its model if the client does not allow input", async (python) => {
  await using at = await KernelAtWork.start(
    python,
    ({ body }) =>
      body.messages.at(-1).role === "tool" ? answer(error("StdinNotImplementedError", "no")) : ask("Name: "),
  );
  const client = await at.connect();
  for (const allow_stdin of [false, undefined]) {
    const { reply } = await client.run("input('Name: ')", { allow_stdin });
    assert.equal(reply.content.ename, "StdinNotImplementedError");
  }
  assert.match(at.server.requests[1].body.messages.at(-1).content, /StdinNotImplementedError/);
  assert.ok(!client.seen.some(({ type }) => type === "input_request"));
});

kernelTest("ignores input replies from other clients, to other questions and without a question", async (python) => {
  await using at = await KernelAtWork.start(python, askAndShow(ask("Name: ")));
  const [client, other] = [await at.connect(), await at.connect()];
  await client.send("stdin", "input_reply", { value: "early" });
  const cell = await client.sendCell("input('Name: ')", INPUT);
  const question = await client.sees(({ type }) => type === "input_request");
  await other.send("stdin", "input_reply", { value: "foreign" }, { parent: question.header });
  await client.send("stdin", "input_reply", { value: "late" }, { parent: { ...question.header, msg_id: "another" } });
  await client.send("stdin", "input_reply", { value: 5 }, { parent: question.header });
  await client.send("stdin", "input_reply", { value: "right" }, { parent: question.header });
  assert.match(valueOf(await client.answered(cell))!, /right/);
});

kernelTest("can be interrupted while it waits for input, and then ignores the late reply", async (python) => {
  await using at = await KernelAtWork.start(python, askAndShow(ask("Name: ")));
  const client = await at.connect();
  const cell = await client.sendCell("input('Name: ')", INPUT);
  const question = await client.sees(({ type }) => type === "input_request");
  await client.request("control", "interrupt_request");
  const { reply, published } = await client.answered(cell);
  assert.equal(reply.content.ename, "KeyboardInterrupt");
  assert.equal(published.at(-1)!.type, "error");
  await client.send("stdin", "input_reply", { value: "late" }, { parent: question.header });
  const next = await client.sendCell("input('Name: ')", INPUT);
  const again = await client.sees(({ type, parent }) => type === "input_request" && parent.msg_id === next);
  await client.send("stdin", "input_reply", { value: "right" }, { parent: again.header });
  assert.match(valueOf(await client.answered(next))!, /right/);
});

kernelTest("raises EOFError if the person presses Ctrl-D", async (python) => {
  await using at = await KernelAtWork.start(python, askAndShow(ask("Name: ")));
  const client = await at.connect();
  const cell = await client.sendCell("input('Name: ')", INPUT);
  await client.sees(({ type }) => type === "input_request");
  await client.send("stdin", "input_reply", { value: "\x04" });
  assert.match(valueOf(await client.answered(cell))!, /EOFError/);
});
