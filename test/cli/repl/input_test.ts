/**
 * `input()` and `getpass()` in `aipython repl`, in a real pseudo-terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { keys, type PseudoTerminal } from "../../support/pseudo_terminal.ts";
import { answer, call, error, result, stdout, type Step } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { enterCells, leave, openReplWorkspace } from "./repl_process.ts";

const { enter } = keys;

const ask = (prompt: string, password = false): Step[] => call("input", { prompt, ...(password && { password }) });

/** Returns the text on the screen. Drawings of a line that were replaced by later ones are left out. */
const screen = (terminal: PseudoTerminal) =>
  terminal.raw.replaceAll("\r\n", "\n")
    // deno-lint-ignore no-control-regex -- the test looks for control sequences
    .replace(/\x1b\[\?2004[hl]/g, "").replace(/[^\n]*\x1b\[G\x1b\[J/g, "").replace(/\x1b\[\d+G/g, "");

Deno.test("input() reads from the terminal after the text that was printed, and the cell continues", async () => {
  await using workspace = await openReplWorkspace(inTurn(
    answer(stdout("Hi. "), ask("Na\x1b]0;title\x07me? ")),
    answer(stdout("Ada!\n"), ask("Age? ")),
    answer(result("36")),
    answer(result("'Ada'")),
  ));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type(`f()${enter}`);
  await terminal.until("Hi. Name? ");
  await terminal.type(`Adb${keys.backspace}a${enter}`);
  await terminal.until("Age? ");
  await terminal.type(`36${enter}`);
  await terminal.until(/Out\[1\]: 36\r\n\r\n(?=In \[2\]: $)/);
  await enterCells(terminal, "name");
  assert.equal(await leave(terminal), 0);
  assert.match(
    screen(terminal),
    /\nIn \[1\]: f\(\)\nHi\. Name\? Ada\nAda!\nAge\? 36\nOut\[1\]: 36\n\nIn \[2\]: name\n/,
  );
  assert.ok(!terminal.raw.includes("title"), "control sequences in a prompt are removed");
  const [first, , , last] = workspace.server.requests.map(({ body }) => body);
  assert.equal(first.tools.length, 6);
  assert.match(JSON.stringify(last.messages.slice(1)), /typed.*Ada.*typed.*36.*In \[2\]/);
});

Deno.test("the text typed for getpass() is sent to the model, but neither shown nor saved", async () => {
  await using workspace = await openReplWorkspace(inTurn(
    answer(ask("Password: ", true)),
    answer(error("ValueError", "wrong")),
    answer(result("1")),
  ));
  await using terminal = workspace.open(["--record", "record.ipynb", "--trace", "trace.jsonl", "--log-level", "debug"]);
  await terminal.until("In [1]: ");
  await terminal.type(`getpass.getpass()${enter}`);
  await terminal.until("Password: ");
  await terminal.type(`s3cret${enter}`);
  await terminal.until(/\r\n\r\n(?=In \[2\]: $)/);
  await enterCells(terminal, "1", ":save saved.ipynb");
  assert.equal(await leave(terminal), 0);
  assert.doesNotMatch(terminal.raw, /s3|cret/);
  for (const file of ["record.ipynb", "saved.ipynb", "trace.jsonl", "aipython/history"]) {
    const text = await Deno.readTextFile(join(workspace.folder, file));
    assert.match(text, /getpass/);
    assert.doesNotMatch(text, /s3cret/, file);
  }
  const { nbformat, cells } = JSON.parse(await Deno.readTextFile(join(workspace.folder, "saved.ipynb")));
  assert.equal(nbformat, 4);
  assert.equal(cells.filter((cell: { cell_type: string }) => cell.cell_type === "code").length, 2);
  assert.match(JSON.stringify(workspace.server.requests[2].body.messages), /s3cret/);
});

Deno.test("Ctrl-D raises EOFError in input(), and Ctrl-C interrupts the cell", async () => {
  await using workspace = await openReplWorkspace(inTurn(
    answer(ask("? ")),
    answer(error("EOFError", "EOF when reading a line", ["EOFError: EOF when reading a line"])),
    answer(stdout("a\n"), ask("again? ")),
    answer(result("1")),
  ));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type(`input('? ')${enter}`);
  await terminal.until(/\n\? [^\n]*$/);
  await terminal.type(keys.ctrl("d"));
  await terminal.until(/EOFError: EOF when reading a line\r\n\r\n(?=In \[2\]: $)/);
  assert.match(
    workspace.server.requests[1].body.messages.at(-1).content,
    /^\{"raises":"EOFError: EOF when reading a line"\}$/,
  );
  await terminal.type(`f()${enter}`);
  await terminal.until("again? ");
  await terminal.type("half");
  await terminal.until("again? half");
  await terminal.type(keys.ctrl("c"));
  await terminal.until(/KeyboardInterrupt: \r\n\r\n(?=In \[3\]: $)/);
  await enterCells(terminal, "1");
  assert.equal(await leave(terminal), 0);
  assert.match(screen(terminal), /a\nagain\? half\n-+\nKeyboardInterrupt /);
  assert.equal(workspace.server.requests.length, 4);
});

Deno.test("input() reads from the terminal in the offline Python", async () => {
  await using workspace = await openReplWorkspace(answer());
  await using terminal = workspace.open(["--offline"]);
  await terminal.until("In [1]: ");
  await terminal.type(`name = input("na" "me? ")${enter}`);
  await terminal.until("name? ");
  await terminal.type(`Ada${enter}`);
  await terminal.until(/\r\n\r\n(?=In \[2\]: $)/);
  await terminal.type(`name, input()${enter}`);
  await terminal.until(/input\(\)\r\n/);
  await terminal.type(`x${keys.ctrl("d")}y${enter}`);
  await terminal.until(/Out\[2\]: \('Ada', 'xy'\)\r\n\r\n(?=In \[3\]: $)/);
  assert.equal(await leave(terminal), 0);
});
