/**
 * The conditions under which a failed notebook is attached again.
 *
 * @module
 */

import assert from "node:assert/strict";
import {
  ConfigurationError,
  DisplacedError,
  LogReplacedError,
  RefusedError,
  StoreFailedError,
  SyncUnreachableError,
} from "../../../src/errors.ts";
import { agentsFor } from "./scripted_agents.ts";

/** Serves two notebooks. The test makes the first one fail. */
async function serveTwo() {
  const two = agentsFor(["a", "b"]);
  const exitCode = two.agents.serve();
  for (const { started } of two.made) started.resolve();
  await settled();
  return { ...two, exitCode, statuses: () => two.agents.health.notebooks.map(({ status }) => status) };
}

/** Lets all pending promise callbacks run. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

const passing = [
  new StoreFailedError("the store failed"),
  new LogReplacedError("a", "another log", []),
  new SyncUnreachableError("ws://host", "no connection"),
  new TypeError("a defect"),
];
for (const error of passing) {
  Deno.test(`a notebook is attached again after a ${error.name} without displacing a newer runtime`, async () => {
    const { agents, made, nth, lines, clock, exitCode, statuses } = await serveTwo();
    made[0].ended.reject(error);
    await settled();
    assert.deepEqual([made.length, statuses()], [2, ["reconnecting", "starting"]]);
    assert.equal(agents.health.notebooks[0].reason, error.message);
    assert.deepEqual(lines.at(-1), ["the notebook will be attached again after a delay", {
      notebook: "a",
      inSeconds: 2,
    }]);
    clock.advance(2_000);
    const { options: { notebookId, takeBack, runtimeId, onStatus } } = await nth(2);
    assert.deepEqual([notebookId, takeBack, runtimeId], ["a", false, made[0].options.runtimeId]);
    made[2].started.resolve();
    onStatus?.("attached");
    assert.deepEqual(agents.health.notebooks[0].reason, undefined);
    await agents.shutdown();
    assert.equal(await exitCode, 0);
  });
}

for (
  const error of [new DisplacedError("a", "displaced"), new RefusedError("sync", "refused"), new ConfigurationError([])]
) {
  Deno.test(`a notebook is not attached again after a ${error.name}`, async () => {
    const { agents, made, clock, exitCode, statuses } = await serveTwo();
    made[0].ended.reject(error);
    await settled();
    clock.advance(3_600_000);
    await settled();
    assert.equal(made.length, 2);
    assert.match(statuses()[0], /^(displaced|refused|failed)$/);
    await agents.shutdown();
    await exitCode;
  });
}

Deno.test("the delays grow to five minutes and are reset once a notebook was served for five minutes", async () => {
  const { agents, made, nth, lines, clock, exitCode } = await serveTwo();
  const pauses = () => lines.flatMap(([, fields]) => fields?.inSeconds ?? []);
  made[0].ended.reject(new StoreFailedError("failed"));
  for (let attempt = 2; attempt < 11; attempt++) {
    await settled();
    clock.advance(1_000 * Number(pauses().at(-1)));
    await nth(attempt);
    if (attempt === 6) made[attempt].started.resolve();
    else if (attempt < 10) made[attempt].started.reject(new StoreFailedError("failed"));
    await settled();
    if (attempt === 6) made[attempt].ended.reject(new StoreFailedError("failed"));
  }
  made[10].started.resolve();
  await settled();
  clock.advance(300_000);
  made[10].ended.reject(new StoreFailedError("failed"));
  await settled();
  assert.deepEqual(pauses(), [2, 4, 8, 16, 32, 64, 128, 256, 300, 2]);
  await agents.shutdown();
  await exitCode;
});

Deno.test("the command exits with the failed notebook's exit code when no other notebook is served", async () => {
  const { made, lines, exitCode } = await serveTwo();
  made[0].ended.reject(new LogReplacedError("a", "another log", []));
  await settled();
  made[1].ended.reject(new DisplacedError("b", "displaced"));
  assert.equal(await exitCode, 6);
  assert.equal(made.length, 2);
  assert.deepEqual(lines.at(-1), ["no notebook is served any more; start the command again to attach to this one", {
    notebook: "a",
  }]);
});

Deno.test("an attempt to attach is aborted when no other notebook is served any more", async () => {
  const { made, nth, clock, exitCode } = await serveTwo();
  made[0].ended.reject(new StoreFailedError("failed"));
  await settled();
  clock.advance(2_000);
  await nth(2);
  made[1].ended.reject(new RefusedError("sync", "refused"));
  assert.equal(await exitCode, 1);
});

Deno.test("two notebooks that were never attached do not keep the command alive", async () => {
  const { agents, made, nth, clock } = agentsFor(["a", "b"]);
  const exitCode = agents.serve();
  made[0].started.reject(new SyncUnreachableError("ws://host", "no connection"));
  await settled();
  clock.advance(2_000);
  await nth(2);
  made[1].started.reject(new SyncUnreachableError("ws://host", "no connection"));
  assert.equal(await exitCode, 5);
});

Deno.test("a single notebook is not attached again", async () => {
  const { agents, made, lines } = agentsFor(["a"]);
  const exitCode = agents.serve();
  made[0].started.resolve();
  made[0].ended.reject(new StoreFailedError("failed"));
  assert.equal(await exitCode, 1);
  assert.deepEqual(lines, [["failed", undefined]]);
});

Deno.test("a notebook that waits for its next attempt does not delay the shutdown", async () => {
  const { agents, made, exitCode } = await serveTwo();
  made[0].ended.reject(new StoreFailedError("failed"));
  await settled();
  assert.equal(await agents.shutdown(), 0);
  await exitCode;
  assert.equal(made.length, 2);
});
