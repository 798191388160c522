import assert from "node:assert/strict";
import { openAIByProxy } from "../../support/openai_by_proxy.ts";
import { keys, type PseudoTerminal } from "../../support/pseudo_terminal.ts";
import { answer, error, gate, result, stdout } from "../../support/scripted_answer.ts";
import { inTurn } from "../../support/scripted_model_server.ts";
import { runToEnd } from "../command_process.ts";
import { enterCells, leave, openReplWorkspace } from "./repl_process.ts";

const { enter } = keys;

/** Returns the text on the screen. Drawings of a prompt that were replaced by later ones are left out. */
const screen = (terminal: PseudoTerminal) =>
  terminal.raw.replaceAll("\r\n", "\n")
    // deno-lint-ignore no-control-regex -- the test looks for control sequences
    .replace(/\x1b\[\?2004[hl]/g, "").replace(/[^\n]*\x1b\[G\x1b\[J/g, "").replace(/\x1b\[\d+G/g, "");

Deno.test("aipython repl shows the first output while the model is still answering, and numbers cells like IPython", async () => {
  await using workspace = await openReplWorkspace(inTurn(
    answer(stdout("begun\n"), gate("rest"), stdout("done\n"), result("5")),
    answer(error("ValueError", "no", ["ValueError: no"])),
    answer(),
  ));
  await using terminal = workspace.open();
  await terminal.until("scripted at 127.0.0.1");
  await terminal.until("In [1]: ");
  await terminal.type(`f()${enter}`);
  await terminal.until("begun\r\n");
  workspace.server.open("rest");
  await terminal.until("Out[1]: 5\r\n\r\n");
  await terminal.until("In [2]: ");
  await enterCells(terminal, "raise ValueError('no')", "x = 1");
  assert.equal(await leave(terminal), 0);
  const shown = screen(terminal);
  assert.match(
    shown,
    /\nIn \[1\]: f\(\)\nbegun\ndone\nOut\[1\]: 5\n\nIn \[2\]: raise ValueError\('no'\)\n-+\nValueError .*\nValueError: no\n/,
  );
  assert.match(shown, /\n\nIn \[3\]: x = 1\n\nIn \[4\]: \n3 cells, \d+\.\d s, 45 tokens, simulated by scripted\n$/);
});

Deno.test("a cell of several lines is indented while it is typed and runs after a blank line", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  for (const line of ["def f(x):", "if x:", "return 1", `${keys.backspace}return 2`]) {
    await terminal.type(line + enter);
    await terminal.until(/ {3}\.\.\.: +$/);
  }
  await enterCells(terminal, "", "f(0)");
  assert.equal(await leave(terminal), 0);
  assert.match(workspace.codeOf(0), /def f\(x\):\n {4}if x:\n {8}return 1\n {4}return 2$/m);
});

Deno.test("a pasted block of several lines is one cell", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  const block = "for i in a:\n\tprint(i)\n\nfor j in b:\n    print('世界')\n";
  await terminal.type(keys.paste(block));
  await terminal.until("世界");
  await enterCells(terminal, "");
  assert.equal(await leave(terminal), 0);
  assert.equal(workspace.server.requests.length, 1);
  assert(workspace.codeOf(0).includes(block.trimEnd()), workspace.codeOf(0));
});

Deno.test("the usual keys edit a line, and text typed while a cell runs becomes the next cell", async () => {
  await using workspace = await openReplWorkspace(inTurn(answer(gate("slow"), result("1")), answer(result("2"))));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  const edits = `en('wide 世!')${keys.left}${keys.left}${keys.left}界${keys.home}l${keys.end}${keys.delete}`;
  await terminal.type(edits + enter);
  await workspace.server.reached("slow");
  await terminal.type(`y${enter}`);
  workspace.server.open("slow");
  await terminal.until("Out[1]: 1");
  await terminal.until("Out[2]: 2");
  assert.equal(await leave(terminal), 0);
  assert.match(workspace.codeOf(0), /len\('wide 世界!'\)/);
});

Deno.test("the up key recalls cells of earlier sessions with all their lines", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  {
    await using terminal = workspace.open();
    await terminal.until("In [1]: ");
    await enterCells(terminal, `if x:${enter}    y${enter}`, "z");
    assert.equal(await leave(terminal), 0);
  }
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await enterCells(terminal, keys.up + keys.up + enter, `i${keys.up}${enter}`);
  assert.equal(await leave(terminal), 0);
  for (const request of [2, 3]) assert.match(workspace.codeOf(request), /if x:\n {4}y$/m);
});

Deno.test("a history that cannot be written causes one warning, and --no-history writes none", async () => {
  await using workspace = await openReplWorkspace(answer(result("6")));
  await Deno.writeTextFile(`${workspace.folder}/file`, "");
  {
    await using terminal = workspace.open([], { XDG_STATE_HOME: `${workspace.folder}/file` });
    await terminal.until("the history cannot be kept on disk");
    await terminal.until("In [1]: ");
    await enterCells(terminal, "x");
    assert.equal(await leave(terminal), 0);
    assert.equal(terminal.text.split("cannot be kept").length, 2, terminal.text);
  }
  await using terminal = workspace.open(["--no-history"]);
  await terminal.until("In [1]: ");
  await enterCells(terminal, "x");
  assert.equal(await leave(terminal), 0);
  await assert.rejects(Deno.stat(`${workspace.folder}/aipython`), Deno.errors.NotFound);
});

Deno.test("Ctrl-C drops the typed text or interrupts the cell, and the session continues", async () => {
  await using workspace = await openReplWorkspace(inTurn(answer(stdout("begun"), gate("never")), answer(result("2"))));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.type("typed");
  await terminal.until("typed");
  await terminal.type(keys.ctrl("c"));
  await terminal.until(/typed\r\nKeyboardInterrupt\r\n\r\nIn \[1\]: $/);
  await terminal.type(`forever()${enter}`);
  await terminal.until("begun");
  await terminal.type(keys.ctrl("c"));
  await terminal.until(
    /^\r\n-{75}\r\nKeyboardInterrupt +Traceback .*\r\nCell In\[1\], line 1\r\n----> 1 forever\(\)\r\n\r\nKeyboardInterrupt: \r\n\r\nIn \[2\]: $/,
  );
  await workspace.server.disconnected(0);
  await enterCells(terminal, "1 + 1");
  assert.equal(await leave(terminal), 0);
  assert.equal(workspace.server.requests.length, 2);
});

Deno.test("SIGINT works like Ctrl-C, and SIGTERM ends the session and restores the terminal", async () => {
  await using workspace = await openReplWorkspace(answer(stdout("begun"), gate("never")));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await terminal.signal("SIGINT");
  await terminal.until("KeyboardInterrupt");
  await terminal.until("In [1]: ");
  await terminal.type(`forever()${enter}`);
  await terminal.until("begun");
  await terminal.signal("SIGTERM");
  assert.equal(await terminal.exitCode(), 143);
  assert(terminal.raw.lastIndexOf("\x1b[?2004l") > terminal.raw.lastIndexOf("\x1b[?2004h"));
});

for (const word of ["exit", "quit", "exit()", " quit() "]) {
  Deno.test(`${word.trim()} ends the session`, async () => {
    await using workspace = await openReplWorkspace(answer());
    await using terminal = workspace.open();
    await terminal.until("In [1]: ");
    await terminal.type(word + enter);
    assert.equal(await terminal.exitCode(), 0);
    assert.equal(workspace.server.requests.length, 0);
    assert.doesNotMatch(terminal.text, /simulated by/);
  });
}

Deno.test("a cell whose model request fails shows the error, and the session continues", async () => {
  const refused = { status: 400, body: { error: { message: "no such model" } } };
  await using workspace = await openReplWorkspace(inTurn(refused, answer(result("2"))));
  await using terminal = workspace.open();
  await terminal.until("In [1]: ");
  await enterCells(terminal, "1");
  assert.match(terminal.text, /ModelError: [^]*no such model/);
  await terminal.type(`2${enter}`);
  await terminal.until("Out[2]: 2");
  assert.equal(await leave(terminal), 0);
});

Deno.test("a rejected API key ends the command with 3 before the first prompt", async () => {
  await using workspace = await openReplWorkspace(answer(), { models: { status: 401 } });
  await using terminal = workspace.open([], openAIByProxy(workspace.server.host));
  assert.equal(await terminal.exitCode(), 3);
  assert.match(terminal.text, /does not accept the API key/);
  assert(!terminal.raw.includes("In [") && !terminal.raw.includes("\x1b"));
});

Deno.test("aipython repl uses colours unless NO_COLOR is set", async () => {
  await using workspace = await openReplWorkspace(answer(result("\x1b[31m5\x1b[0m")));
  for (const [NO_COLOR, expected] of [["", true], ["1", false]] as const) {
    await using terminal = workspace.open([], { NO_COLOR });
    await terminal.until("In [1]: ");
    await enterCells(terminal, "2 + 3");
    assert.equal(await leave(terminal), 0);
    // deno-lint-ignore no-control-regex -- the test looks for control sequences
    assert.equal(/\x1b\[[0-9;]*m/.test(terminal.raw), expected);
  }
});

Deno.test("the prompt is redrawn when the window size changes", async () => {
  await using workspace = await openReplWorkspace(answer(result("1")));
  await using terminal = workspace.open([], {}, { rows: 10, columns: 40 });
  await terminal.until("In [1]: ");
  await terminal.type("a23456789 + b23456789");
  await terminal.until("b23456789");
  await terminal.resize(10, 20);
  await terminal.until(/In \[1\]: a23456789 \+ \r\nb23456789$/);
  await terminal.type(keys.ctrl("c"));
  await terminal.until("KeyboardInterrupt");
  assert.equal(await leave(terminal), 0);
});

Deno.test("aipython repl exits with 2 without a terminal", async () => {
  const { code, stdout, stderr } = await runToEnd(["repl", "--offline"], { input: "2 + 3\n" });
  assert.deepEqual([code, stdout], [2, ""]);
  assert.match(stderr, /repl needs a terminal .* aipython run -\nTry aipython repl --help\.\n$/);
});

Deno.test("cells of an offline session share their state", async () => {
  await using workspace = await openReplWorkspace(answer());
  await using terminal = workspace.open(["--offline"], { OPENAI_API_KEY: "", OPENAI_BASE_URL: "", AIPYTHON_MODEL: "" });
  await terminal.until("In [1]: ");
  await terminal.type(`2 + 3${enter}`);
  await terminal.until("Out[1]: 5");
  await terminal.until("In [2]: ");
  await enterCells(terminal, `while True:${enter}    x = 1${enter}    break${enter}`);
  await terminal.type(`x + _${enter}`);
  await terminal.until("Out[3]: 6");
  await terminal.until("In [4]: ");
  assert.equal(await leave(terminal), 0);
  assert.equal(workspace.server.requests.length, 0);
});
