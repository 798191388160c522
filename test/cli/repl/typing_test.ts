/**
 * Typed and pasted text in a real pseudo-terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { keys } from "../../support/pseudo_terminal.ts";
import { answer, result } from "../../support/scripted_answer.ts";
import { enterCells, leave, openReplWorkspace } from "./repl_process.ts";

const { enter } = keys;

Deno.test("a pasted session is sent without its prompts and recalled unchanged", async () => {
  await using workspace = await openReplWorkspace(answer(result("10")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type(keys.paste("In [8]: ham = 5\n   ...: ham * 2"));
  await terminal.until("ham * 2");
  await enterCells(terminal, "", ">>> ham");
  assert.equal(await leave(terminal), 0);
  assert.match(workspace.codeOf(0), /^In \[1\]: [^\n]*\nham = 5\nham \* 2$/);
  assert.match(workspace.codeOf(1), /^In \[2\]: [^\n]*\nham$/);
  assert.equal(
    await Deno.readTextFile(`${workspace.folder}/aipython/history`),
    '"In [8]: ham = 5\\n   ...: ham * 2"\n">>> ham"\n',
  );
});

Deno.test("a paste without bracketed-paste marks keeps its own indentation", async () => {
  await using workspace = await openReplWorkspace(answer(result("1")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type("def fry(n):\r    if n:\r        return 1\r    return 2\r\rfry(1)");
  await terminal.until("In [2]: fry(1)");
  await terminal.type(enter);
  await terminal.until("Out[2]: 1");
  await terminal.until("In [3]: ");
  assert.equal(await leave(terminal), 0);
  assert.match(workspace.codeOf(0), /\ndef fry\(n\):\n {4}if n:\n {8}return 1\n {4}return 2$/);
});

Deno.test("an emoji of several code points is one character for the keys and the cursor", async () => {
  await using workspace = await openReplWorkspace(answer(result("1")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type("f('👩‍🔬🇩🇪👍🏽x')");
  await terminal.until("x')");
  await terminal.type(keys.left.repeat(4));
  await terminal.until("x')");
  await terminal.type(`${keys.backspace}y${enter}`);
  await terminal.until("Out[1]: 1");
  await terminal.until("In [2]: ");
  assert.equal(await leave(terminal), 0);
  assert(workspace.codeOf(0).endsWith("f('👩‍🔬y👍🏽x')"), workspace.codeOf(0));
  // The prompt takes 8 columns. After it come f(' and two emoji.
  assert(terminal.raw.includes("👍🏽x')\x1b[16G"), JSON.stringify(terminal.raw));
});

Deno.test("a history whose last line was cut off accepts and recalls a new cell", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  await Deno.mkdir(`${workspace.folder}/aipython`);
  await Deno.writeTextFile(`${workspace.folder}/aipython/history`, '"ham = 6"\n"cut in the midd');
  {
    await using terminal = workspace.open();
    await terminal.until("In [1]: ");
    await enterCells(terminal, "spam = 2");
    assert.equal(await leave(terminal), 0);
  }
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type(keys.up);
  await terminal.until("spam = 2");
  await terminal.type(keys.up);
  await terminal.until("ham = 6");
  await enterCells(terminal, "");
  assert.equal(await leave(terminal), 0);
});

Deno.test("exit(3) exits with 3 after the session's summary", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await enterCells(terminal, "1");
  await terminal.type(`exit(3)${enter}`);
  assert.equal(await terminal.exitCode(), 3);
  assert.match(terminal.text, /1 cell, .* simulated by scripted\r\n$/);
});

Deno.test("Ctrl-R and Ctrl-S search the cells of earlier sessions, and Esc cancels the search", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  await Deno.mkdir(`${workspace.folder}/aipython`);
  await Deno.writeTextFile(`${workspace.folder}/aipython/history`, '"ham = 6"\n"fry(\\n  ham)"\n"spam"\n');
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type(`x${keys.ctrl("r")}ham`);
  await terminal.until(/In \[1\]: fry\(\r\n {3}\.\.\.: {3}ham\)\r\nI-search backward: ham/);
  await terminal.type(keys.ctrl("r"));
  await terminal.until(/In \[1\]: ham = 6\r\nI-search backward: ham/);
  await terminal.type(keys.ctrl("s"));
  await terminal.until("I-search forward: ham");
  await terminal.type(keys.escape);
  await terminal.until(/In \[1\]: x$/);
  await terminal.type(`${keys.ctrl("r")}spa${enter}`);
  await terminal.until(/In \[1\]: spam$/);
  await enterCells(terminal, "");
  assert.equal(await leave(terminal), 0);
  assert(workspace.codeOf(0).endsWith("\nspam"));
});

Deno.test("Tab completes attributes, modules, magics and files without a model request", async () => {
  await using workspace = await openReplWorkspace(answer(result("['fry', 'wash']")));
  await Deno.writeTextFile(`${workspace.folder}/pan_lesson.py`, "");
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await enterCells(terminal, "import pans as p", "dir(p)");
  assert.equal(workspace.server.requests.length, 2);
  for (
    const [typed, shown] of [
      ["p.wa", "p.wash"],
      ["import itert", "import itertools"],
      ["%time", "time  timeit"],
      ["%run pan", "%run pan_lesson.py"],
      ["open('pan", "open('pan_lesson.py"],
    ]
  ) {
    await terminal.type(typed);
    await terminal.until(typed);
    await terminal.type(keys.tab);
    await terminal.until(shown);
    await terminal.type(keys.ctrl("c"));
    await terminal.until("KeyboardInterrupt");
    await terminal.until("In [3]: ");
  }
  assert.equal(await leave(terminal), 0);
  assert.equal(workspace.server.requests.length, 2);
});
