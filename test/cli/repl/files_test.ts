/**
 * Files that a session sends because a cell names them, in a real pseudo-terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { answer, result } from "../../support/scripted_answer.ts";
import { enterCells, leave, openReplWorkspace } from "./repl_process.ts";

Deno.test("aipython repl sends a file that a cell names once and reports it once", async () => {
  await using workspace = await openReplWorkspace(answer(result("1")));
  await Deno.writeTextFile(`${workspace.folder}/t.csv`, "a,b\n1,2\n");
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await enterCells(terminal, "f('t.csv')", "g('t.csv')", "h()");
  assert.equal(await leave(terminal), 0);
  assert.equal(
    terminal.raw.match(/sends t\.csv \(8 bytes\) to 127\.0\.0\.1:\d+, because a cell names it\r\n/g)?.length,
    1,
  );
  assert.match(terminal.raw, /In \[1\]: f\('t\.csv'\)[^]*sends t\.csv [^]*Out\[1\]: 1\r\n/);
  const users = workspace.server.requests[2].body.messages.filter(({ role }: { role: string }) => role === "user");
  assert.deepEqual(users.map(({ content }: { content: string }) => content.includes("| 1,2")), [true, false, false]);
  assert.match(workspace.codeOf(0), /^File "t\.csv": 8 bytes, CSV, .*\n\| a,b\n\| 1,2\nIn \[1\]: .*\nf\('t\.csv'\)$/);
});
