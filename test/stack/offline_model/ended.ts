/**
 * Waits for the end of a process that another process has started.
 *
 * @module
 */

import assert from "node:assert/strict";

/** Resolves when a process has ended; rejects when that takes more than ten seconds. */
export async function ended(pid: number): Promise<void> {
  const args = ["10", "tail", "-s", "0.05", "-f", "/dev/null", "--pid", String(pid)];
  const { code } = await new Deno.Command("timeout", { args }).output();
  assert.equal(code, 0, `process ${pid} still runs`);
}
