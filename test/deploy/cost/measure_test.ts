import assert from "node:assert/strict";
import { measureLogCosts } from "../../../deploy/cost/measure.ts";

Deno.test("measureLogCosts() measures the events of a cell, streaming, a figure, a renewal and an attachment separately", async () => {
  const costs = await measureLogCosts(1, AbortSignal.timeout(120_000));
  // Created, written, cleared twice, requested, assigned, started, its result, completed.
  assert.equal(costs.cell.events, 9);
  // Started, ready, terminated.
  assert.equal(costs.attachment.events, 3);
  assert.equal(costs.renewal.events, 1);
  assert.ok(costs.streamedSecond.events > 0);
  // One output that contains the SVG.
  assert.equal(costs.figure.events, 1);
  assert.ok(costs.figure.bytes > 20_000 && costs.figure.bytes < 40_000, `${costs.figure.bytes} bytes`);
  for (const { events, bytes } of Object.values(costs)) assert.ok(bytes > 100 * events, `${bytes} bytes`);
});
