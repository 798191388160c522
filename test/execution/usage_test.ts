/**
 * The token usage and the cost of cells, and the limits of a session.
 *
 * @module
 */

import assert from "node:assert/strict";
import { UsageMeter } from "../../src/execution/usage_meter.ts";
import { runCell } from "../support/cell_run.ts";
import { answer, done, finish, stdout, text, usage } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";

Deno.test("the usage of a cell and of its session is the sum over all requests", async () => {
  const meter = new UsageMeter();
  const reply = (
    input: number,
    cachedInput: number,
  ) => [...text(input === 1 ? "prose" : "(no output)"), ...finish(), ...usage(input, 5, cachedInput), ...done()];
  const { ended } = await runCell(inTurn(reply(1, 0), reply(100, 64)), { meter });
  assert.deepEqual(ended.usage, { requests: 2, input: 101, cachedInput: 64, output: 10 });
  await runCell(answer(), { meter });
  assert.deepEqual(meter.total, { requests: 3, input: 111, cachedInput: 64, output: 15 });
});

Deno.test("the usage is estimated when the server does not report it", async () => {
  const meter = new UsageMeter();
  const { requests } = await runCell([...stdout("one two three ".repeat(40)), ...finish("tool_calls"), ...done()], {
    meter,
  });
  const { input, output } = meter.total;
  assert.ok(input > 1_000 && input < JSON.stringify(requests[0].body).length / 3, `${input}`);
  assert.ok(output > 110 && output < 140, `${output}`);
});

Deno.test("a refused request uses no tokens", async () => {
  const meter = new UsageMeter();
  await runCell({ status: 401, body: { error: { message: "no" } } }, { meter });
  assert.deepEqual(meter.total, { requests: 1, input: 0, cachedInput: 0, output: 0 });
});

Deno.test("the usage of a cell is logged", async () => {
  const lines: unknown[] = [];
  const log = (message: string, fields?: unknown) => void lines.push([message, fields]);
  const logger = { debug: log, info: log, warn: log, error: log };
  await runCell(answer(), { logger });
  assert.deepEqual(lines, [
    ["cell cost", { executionCount: 7, requests: 1, input: 10, cachedInput: 0, output: 5 }],
  ]);
});

Deno.test("a session that has reached its token limit sends no request and shows an error in the cell", async () => {
  const meter = new UsageMeter({ maxTokensPerSession: 15 });
  assert.equal((await runCell(answer(), { meter })).ended.status, "success");
  const { ended, outputs, requests } = await runCell(answer(), { meter });
  assert.deepEqual(requests, []);
  assert.equal(ended.status, "error");
  const [failure] = outputs;
  assert.ok(failure.type === "error");
  assert.equal(failure.ename, "ModelError");
  assert.match(failure.evalue, /has spent 15 tokens, and its limit is 15.*--max-tokens-per-session/);
});

Deno.test("the cost of a cell and of its session is computed in dollars when the price is known", async () => {
  const meter = new UsageMeter({}, { input: 2, cachedInput: 0.5, output: 8 });
  const { ended } = await runCell([...stdout("1\n"), ...finish(), ...usage(1_000, 500, 400), ...done()], { meter });
  assert.deepEqual(ended.usage, { requests: 1, input: 1_000, cachedInput: 400, output: 500, cost: 0.0054 });
  await runCell(answer(), { meter });
  assert.equal(meter.total.cost, 0.00546);
});

Deno.test("a session that has reached its cost limit sends no request and names the option to raise", async () => {
  const meter = new UsageMeter({ maxCostPerSession: 0.05 }, { input: 0, cachedInput: 0, output: 10_000 });
  assert.equal((await runCell(answer(), { meter })).ended.status, "success");
  const { ended, requests } = await runCell(answer(), { meter });
  assert.deepEqual(requests, []);
  assert.match(
    ended.error!,
    /has spent \$0\.05, and its limit is \$0\.05: .*Raise --max-cost-per-session .*run the cell again/,
  );
});

Deno.test("a session below its cost limit continues", async () => {
  const meter = new UsageMeter({ maxCostPerSession: 0.06 }, { input: 0, cachedInput: 0, output: 10_000 });
  await runCell(answer(), { meter });
  assert.equal((await runCell(answer(), { meter })).ended.status, "success");
});

Deno.test("a request is not repeated when it reaches the session's token limit", async () => {
  const { ended, requests } = await runCell(answer(text("prose")), {
    meter: new UsageMeter({ maxTokensPerSession: 1 }),
  });
  assert.equal(requests.length, 1);
  assert.match(ended.error!, /its limit is 1/);
});
