/**
 * Runs cells that a test interrupts, and checks how they end.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AIPythonAgentOptions } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { checkLog } from "../../soak/check_log.ts";
import { readLog } from "../../soak/read_log.ts";
import type { SyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answer, gate, stdout } from "../support/scripted_answer.ts";
import type { Script } from "../support/scripted_model_server.ts";

export const half = answer(stdout("a\n"), gate("never"), stdout("b\n"));
export const silent = answer(gate("never"));
const next = answer(stdout("next\n"));
export const limited = { status: 429, headers: { "retry-after": "15" }, body: { error: { message: "Slow down." } } };

/** Returns the outputs of a cell: its texts, and the names of its errors. */
export function shown({ person }: Attached, cell: string): string[] {
  return person.outputs(cell).map(({ outputType, data }) => outputType === "error" ? JSON.parse(data!).ename : data);
}

/** Attaches an agent whose model answers the first request with a script, and runs a cell. */
export async function attachAndRun(server: SyncServer, script: Script, options: AIPythonAgentOptions = {}) {
  const at = await attach(server, ({ number }) => number === 0 ? script : next, options);
  const cell = at.person.addCell("while True: pass");
  return { at, cell, request: at.person.run(cell) };
}

/**
 * Runs another cell, which starts only after everything is written. Returns the names of the exceptions in its request.
 */
export async function goOn({ person, model }: Attached): Promise<string[]> {
  await person.requestIs(person.run(person.addCell("print('next')")), "completed");
  const sent = JSON.stringify(model.requests.at(-1)!.body.messages.slice(1));
  return [...sent.matchAll(/\\"ename\\":\s*\\"(\w+)\\"/g)].map(([, name]) => name);
}

/** Asserts that a request ends as cancelled and that the log has no problems. */
export async function isCancelled({ syncUrl, authToken }: SyncServer, at: Attached, cell: string, request: string) {
  const { person, notebookId } = at;
  await person.until(tables.cells.where({ id: cell }), ([row]) => row?.executionState === "idle");
  await person.requestIs(request, "cancelled");
  const { lost, doubled, stuck } = checkLog(await readLog({ syncUrl, authToken, notebookId }));
  assert.deepEqual([lost, doubled, stuck], [[], [], []]);
}
