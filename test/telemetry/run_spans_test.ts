/**
 * The spans of `aipython run`, as a collector receives them from Deno.
 *
 * @module
 */

import assert from "node:assert/strict";
import { notebook } from "../cli/run/run_notebooks.ts";
import { openRunWorkspace, openRunWorkspaceWith } from "../cli/run/run_process.ts";
import { type ReceivedSpan, startOtlpReceiver } from "../support/otlp_receiver.ts";
import { answer, error, gate, result, stdout } from "../support/scripted_answer.ts";

const CELL = "invoke_agent aipython";
const CHAT = "chat scripted";

const names = (spans: readonly ReceivedSpan[]) => spans.map(({ name }) => name);

Deno.test("each cell is a span with its model request as a child, as the GenAI conventions define", async () => {
  await using receiver = startOtlpReceiver();
  await using workspace = await openRunWorkspace(answer(stdout("unseen_output\n"), result("5")));
  await workspace.write("a.ipynb", notebook("unseen_code = 2 + 3", "unseen_code"));
  const { code, stderr } = await workspace.run(["a.ipynb"], undefined, receiver.environment);
  assert.equal(code, 0, stderr);

  const spans = receiver.spans();
  assert.deepEqual(names(spans), [CELL, CHAT, CELL, CHAT]);
  const [cell, chat, later] = spans;
  assert.deepEqual([chat.parentSpanId, chat.traceId], [cell.spanId, cell.traceId]);
  assert.deepEqual([cell.parentSpanId, later.parentSpanId], ["", ""]);
  assert.notEqual(later.traceId, cell.traceId);
  assert.deepEqual([cell.kind, chat.kind], [1, 3]);
  assert.deepEqual(spans.map(({ status }) => status), Array(4).fill({ code: 0, message: "" }));
  assert.deepEqual(cell.attributes, {
    "gen_ai.operation.name": "invoke_agent",
    "gen_ai.agent.name": "aipython",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "scripted",
    "aipython.cell.kind": "code",
    "aipython.cell.execution_count": 1,
    "aipython.cell.status": "success",
  });
  const { "gen_ai.response.time_to_first_chunk": firstChunk, ...others } = chat.attributes;
  assert.equal(typeof firstChunk, "number");
  const [address, port] = workspace.server.host.split(":");
  assert.deepEqual(others, {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "scripted",
    "gen_ai.request.stream": true,
    "server.address": address,
    "server.port": Number(port),
    "gen_ai.response.model": "scripted",
    "gen_ai.response.finish_reasons": ["tool_calls"],
    "gen_ai.usage.input_tokens": 10,
    "gen_ai.usage.cache_read.input_tokens": 0,
    "gen_ai.usage.output_tokens": 5,
    "aipython.request.attempts": 1,
  });
});

Deno.test("cells, outputs, keys and addresses are not exported", async () => {
  await using receiver = startOtlpReceiver();
  await using workspace = await openRunWorkspace(
    answer(stdout("unseen_output\n"), error("UnseenError", "unseen_message")),
  );
  await workspace.write("unseen_file.ipynb", notebook("unseen_code()"));
  const secret = { OPENAI_BASE_URL: `${workspace.server.baseUrl}?api-key=unseen_parameter` };
  const { code } = await workspace.run(["unseen_file.ipynb"], undefined, { ...receiver.environment, ...secret });
  assert.equal(code, 1);
  assert.deepEqual(names(receiver.spans()), [CELL, CHAT]);
  const others = receiver.bodies.join("\n");
  assert.doesNotMatch(others, /unseen|s3cret-key|url\.full/i);
});

Deno.test("only a cell whose model request fails has an error status, not a cell that raises", async () => {
  await using receiver = startOtlpReceiver();
  await using workspace = await openRunWorkspaceWith(({ number }) =>
    number === 0 ? answer(error("ValueError", "no")) : { status: 400, body: { error: { message: "unseen_reason" } } }
  );
  await workspace.write("a.ipynb", notebook("a", "b"));
  await workspace.run(["a.ipynb", "--allow-errors"], undefined, receiver.environment);
  const [raised, , failed, refused] = receiver.spans();
  assert.deepEqual([raised.attributes["aipython.cell.status"], raised.status.code], ["error", 0]);
  assert.equal(raised.attributes["error.type"], undefined);
  for (const span of [failed, refused]) {
    assert.deepEqual(span.status, { code: 2, message: "" });
    assert.equal(span.attributes["error.type"], "bad_request");
  }
  assert.doesNotMatch(receiver.bodies.join("\n"), /unseen_reason/);
});

Deno.test("an interrupted cell has the status interrupted, not an error", async () => {
  await using receiver = startOtlpReceiver();
  await using workspace = await openRunWorkspace(answer(stdout("first\n"), gate("never")));
  await workspace.write("a.py", "work()");
  await using child = workspace.start(["a.py"], receiver.environment);
  await workspace.server.reached("never");
  child.kill("SIGINT");
  await Promise.all([child.stdout.cancel(), child.stderr.cancel()]);
  assert.equal((await child.status).code, 130);
  const [cell, chat] = receiver.spans();
  assert.deepEqual([cell.name, chat.name], [CELL, CHAT]);
  assert.deepEqual([cell.status.code, chat.status.code], [0, 0]);
  assert.equal(cell.attributes["aipython.cell.status"], "interrupted");
  assert.equal(chat.attributes["gen_ai.response.finish_reasons"], undefined);
});

Deno.test("the command does not start if it would export a key in the base URL", async () => {
  await using receiver = startOtlpReceiver();
  await using workspace = await openRunWorkspace(answer(stdout("a\n")));
  await workspace.write("a.py", "work()");
  const { OTEL_TRACES_SAMPLER: _sampler, ...environment } = receiver.environment;
  const secret = { OPENAI_BASE_URL: `${workspace.server.baseUrl}?api-key=unseen_parameter` };
  const refused = await workspace.run(["a.py"], undefined, { ...environment, ...secret });
  assert.equal(refused.code, 2, refused.stderr);
  assert.match(refused.stderr, /OTEL_TRACES_SAMPLER=parentbased_always_on/);
  assert.doesNotMatch(receiver.bodies.join("\n"), /unseen_parameter/);
  assert.equal((await workspace.run(["a.py"], undefined, environment)).code, 0, "without a secret it runs");
});
