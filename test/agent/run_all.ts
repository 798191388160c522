/**
 * Functions that run cells with Run All and read how they have ended.
 *
 * @module
 */

import type { AIPythonAgentOptions } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import type { SyncServer } from "../../stack/sync_server/start.ts";
import { attach, type Attached } from "../support/attached.ts";
import { answer, error, gate, stdout } from "../support/scripted_answer.ts";
import type { RecordedRequest, Script, ScriptSource } from "../support/scripted_model_server.ts";

const NOTE =
  /^\[AIPython\] Run All stopped at (In \[\d+\]), which (.*?)\. (This cell .*? not run)\. .*--no-stop-on-error.*\n$/;

/** Answers each cell by its code: `raise` fails, `wait` waits, and any other code is printed. */
export const play = ({ body }: RecordedRequest): Script => {
  const code = lastCode(body.messages);
  if (code.startsWith("raise")) return answer(error("ValueError", "bad"));
  if (code.startsWith("wait")) return answer(stdout("begun\n"), gate(code), stdout("over\n"));
  return answer(stdout(`${code}\n`));
};

/** Returns the code of the last cell of a request. */
export function lastCode(messages: { content: string }[]): string {
  return messages.at(-1)!.content.split("\n").slice(1).join("\n");
}

/** Runs cells with these sources in a new notebook, with one Run All. */
export const runAll = async (
  server: SyncServer,
  sources: string[],
  script: ScriptSource = play,
  options: AIPythonAgentOptions = {},
) => {
  const at = await attach(server, script, options);
  const cells = sources.map((source) => at.person.addCell(source, source.startsWith("select") ? "sql" : "code"));
  const requests = at.person.runAll(cells);
  return { at, cells, requests, [Symbol.asyncDispose]: () => at[Symbol.asyncDispose]() };
};
/** Returns the final statuses of requests once all of them have ended. */
export const endsOf = async ({ person }: Attached, requests: string[]) => {
  for (const request of requests) await person.requestIs(request, "completed", "failed", "cancelled");
  return requests.map((request) => person.request(request).status);
};
/** Returns the states of cells. */
export const statesOf = ({ person }: Attached, cells: string[]) =>
  cells.map((id) => person.store.query(tables.cells.where({ id }))[0].executionState);
/**
 * Returns the parts of the notes in cells: the cell where Run All stopped, its end, and the cells that were not run.
 */
export const notesOf = ({ person }: Attached, cells: string[]) =>
  cells.map((cell) => NOTE.exec(person.text(cell, "stderr"))?.slice(1));
