/**
 * Functions that return the events of an output's methods.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../../../src/async/clock.ts";
import { silentLogger } from "../../../src/logger.ts";
import { NotebookOutput } from "../../../src/notebook/output/notebook_output.ts";
import { Outbox } from "../../../src/notebook/output/outbox.ts";
import { GatedTarget } from "./gated_target.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function setUp() {
  const target = new GatedTarget();
  const { signal } = new AbortController();
  const outbox = new Outbox(target, systemClock, signal);
  const output = new NotebookOutput({
    outbox,
    cellId: "cell",
    executionCount: 7,
    actor: "runtime-r",
    signal,
    logger: silentLogger,
    // None of these outputs is uploaded.
    syncUrl: "ws://127.0.0.1:1/livestore",
    authToken: "token",
    notebookId: "notebook",
  });
  return { target, output };
}

/** Returns the events that an output's methods write, without their ids, which must be distinct UUIDs. */
export async function written(write: (output: NotebookOutput) => void): Promise<[name: string, args: unknown][]> {
  const { target, output } = setUp();
  write(output);
  await target.holds(1);
  const ids = new Set<unknown>();
  const events = target.batches[0].map(({ name, args }): [string, unknown] => {
    const { id, ...rest } = args as { id?: string };
    if (id !== undefined) {
      assert.match(id, UUID);
      assert.ok(!ids.has(id));
      ids.add(id);
    }
    return [name, rest];
  });
  return events;
}

export const inline = (data: unknown) => ({ type: "inline", data });
export const at = (position: number) => ({ cellId: "cell", position });
