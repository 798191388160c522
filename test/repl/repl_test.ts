import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PassThrough } from "node:stream";
import { EndOfInputError } from "../../src/errors.ts";
import { CellHistory } from "../../src/repl/cell_history.ts";
import { complete } from "../../src/repl/completion/complete.ts";
import { KnownNames } from "../../src/repl/completion/known_names.ts";
import { InputReader } from "../../src/repl/input_reader.ts";
import { Keyboard, type KeyboardInput } from "../../src/repl/keyboard.ts";
import { LineEditor } from "../../src/repl/line_editor.ts";
import { runRepl } from "../../src/repl/repl.ts";
import type { InteractiveShell, RunCellOptions } from "../../src/shell/interactive_shell.ts";
import { withoutControls } from "../../src/terminal/control_filter.ts";
import { Style } from "../../src/terminal/style.ts";
import { ManualClock } from "../support/manual_clock.ts";
import { keys } from "../support/pseudo_terminal.ts";

/** A key, or a paste, as a terminal sends it. */
// deno-lint-ignore no-control-regex -- control sequences are what is looked for
const KEY = /\x1b\[200~[^]*?\x1b\[201~|\x1b\[[^a-zA-Z~]*[a-zA-Z~]|\x1b(?=\x1b)|\x1b?[^]/gu;

/** A session whose cells are run by a function. */
function openSession(runCell: (code: string, options: RunCellOptions) => Promise<unknown>, openLine = "") {
  let written = "";
  let interrupted = 0;
  let changed = Promise.withResolvers<void>();
  const write = (text: string) => {
    written += text;
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const clock = new ManualClock();
  const input = Object.assign(new PassThrough(), { setRawMode() {} });
  const keyboard = new Keyboard(input as unknown as KeyboardInput, write, clock);
  const history = new CellHistory({ onProblem: assert.fail });
  const names = new KnownNames();
  const typing = { keyboard, screen: { write, size: () => ({ rows: 5, columns: 40 }) }, style: new Style(false) };
  const editor = new LineEditor({
    ...typing,
    history: history.cells,
    complete: (before) => complete(before, { names, readFolder: () => [] }),
  });
  const ended = runRepl({
    shell: { executionCount: 1, runCell } as unknown as InteractiveShell,
    editor,
    inputs: new InputReader(typing),
    keyboard,
    history,
    names,
    display: {
      begin() {},
      change() {},
      wait() {},
      interrupt: () => interrupted++,
      ask: () => Promise.resolve(openLine),
      resume: () => write("(goes on)"),
      end: () => Promise.resolve(),
    },
    write,
    save: (file) => Promise.resolve(`saved to ${file}`),
    onCell: () => Promise.resolve(),
    signal: new AbortController().signal,
  });
  return {
    ended,
    history,
    clock,
    /** Types key after key. */
    type(text: string): void {
      for (const [key] of text.matchAll(KEY)) input.emit("data", Buffer.from(key));
    },
    /** Sends text at once, as a terminal without bracketed paste does. */
    burst: (text: string) => void input.emit("data", Buffer.from(text.replace(/(?<!\r)\n/g, "\r"))),
    written: () => withoutControls(written),
    /** How often its display was interrupted. */
    interrupted: () => interrupted,
    /** Resolves when a text has been written. */
    async until(text: string): Promise<void> {
      while (!withoutControls(written).includes(text)) await changed.promise;
    },
    [Symbol.dispose]: () => keyboard[Symbol.dispose](),
  };
}

/** Runs a cell that shows nothing. */
function run(cells: string[], code = "") {
  cells.push(code);
  return Promise.resolve({ outputs: [] });
}

/** A session that remembers the cells it was given. */
async function cellsOf(typed: string): Promise<string[]> {
  const cells: string[] = [];
  using session = openSession((code) => run(cells, code));
  session.type(`${typed}${keys.ctrl("c")}${keys.ctrl("d")}`);
  assert.deepEqual(await session.ended, { type: "left", code: 0 });
  return cells;
}

Deno.test("a second Ctrl-C leaves a cell that does not end", async () => {
  const running = Promise.withResolvers<RunCellOptions>();
  using session = openSession((_code, options) => {
    running.resolve(options);
    return new Promise(() => {});
  });
  session.type(`stuck()${keys.enter}`);
  const { signal } = await running.promise;
  session.type(keys.ctrl("c"));
  assert.deepEqual([signal!.aborted, session.interrupted()], [true, 1]);
  session.type(keys.ctrl("c"));
  assert.deepEqual(await session.ended, { type: "forced" });
});

Deno.test("the end of the terminal ends the session", async () => {
  const session = openSession(() => run([]));
  session[Symbol.dispose]();
  assert.deepEqual(await session.ended, { type: "left", code: 0 });
});

Deno.test("blank cells are neither run nor remembered", async () => {
  assert.deepEqual(await cellsOf(`${keys.enter}   ${keys.enter}x${keys.enter}`), ["x"]);
});

Deno.test("Alt-Enter runs what is not complete, Ctrl-O goes on with what is", async () => {
  assert.deepEqual(await cellsOf(`f(${keys.alt("\r")}a${keys.ctrl("o")}b${keys.enter}`), ["f(", "a\nb"]);
});

Deno.test("Enter in the middle of a cell begins a line there, and in a single line runs it", async () => {
  assert.deepEqual(await cellsOf(keys.paste("a\nb") + keys.up + keys.enter + keys.alt("\r")), ["a\n\nb"]);
  assert.deepEqual(await cellsOf(`abc${keys.left}${keys.enter}`), ["abc"]);
});

Deno.test("lines that arrive in a burst keep their own indentation", async () => {
  const bursts: [text: string, cells: string[]][] = [
    ["def boil(n):\n    if n:\n        return 1\n    return 2\n\nboil(1)", [
      "def boil(n):\n    if n:\n        return 1\n    return 2",
      "boil(1)",
    ]],
    ["def f():\n    a = 1\n\n    return a\n\nf()\n", ["def f():\n    a = 1\n\n    return a", "f()"]],
    ["for i in x:\n\tif i:\n\t\tprint(i,\tx)\nelse:\n\ty\n\n", ["for i in x:\n\tif i:\n\t\tprint(i,\tx)\nelse:\n\ty"]],
    ["x = 1\r\ny = [\r\n  2]\r\n", ["x = 1", "y = [\n  2]"]],
    ["In [8]: eggs = 5\n   ...: eggs * 2\n", ["In [8]: eggs = 5\n   ...: eggs * 2"]],
  ];
  for (const [text, expected] of bursts) {
    const cells: string[] = [];
    using session = openSession((code) => run(cells, code));
    session.burst(text);
    session.type(keys.enter + keys.enter + keys.ctrl("d"));
    await session.ended;
    assert.deepEqual(cells, expected);
  }
});

for (
  const [cell, code] of [
    ["exit;", 0],
    ["quit()", 0],
    ["%exit", 0],
    ["%quit", 0],
    ["exit(3)", 3],
    ["quit(256 )", 0],
    ["exit(-1)", 255],
    ["exit(True)", 1],
    ["quit(); # bye", 0],
    ["In [3]: exit", 0],
  ] as const
) {
  Deno.test(`${cell} leaves with ${code}`, async () => {
    using session = openSession(assert.fail);
    session.type(cell + keys.enter);
    assert.deepEqual(await session.ended, { type: "left", code });
  });
}

Deno.test("exit and quit are names like others once a cell has bound them", async () => {
  const entered = (cells: string[]) => cells.map((cell) => cell + keys.enter).join("");
  const cells = ["quit = False", "quit", "quit()", "def exit(): pass", "exit()"];
  assert.deepEqual(await cellsOf(entered(cells)), cells);
  assert.deepEqual(await cellsOf(entered(["quit = 1", "%quit"])), ["quit = 1"]);
  assert.deepEqual(await cellsOf(entered(["quit = 1", "del quit", "quit"])), ["quit = 1", "del quit"]);
});

Deno.test("what only looks like leaving or saving is run, magics that tell of the session too", async () => {
  const cells = [
    "exit = 3",
    "exit.x",
    "exit(a)",
    "sys.exit()",
    "exiting",
    "%exit_now",
    "exit?",
    "# exit",
    "%who",
    "%whos",
    "%history -n",
    "%save a 1",
  ];
  assert.deepEqual(await cellsOf(cells.map((cell) => cell + keys.enter).join("")), cells);
});

/** What a session that knows some cells runs after these keys. */
async function searched(typed: string): Promise<string | undefined> {
  const cells: string[] = [];
  using session = openSession((code) => run(cells, code));
  for (const cell of ["import ham", "fry(ham)", "for egg in eggs:\n    boil(egg)"]) session.history.add(cell);
  session.type(typed + keys.enter + keys.enter);
  session.type(keys.ctrl("c") + keys.ctrl("d"));
  await session.ended;
  return cells[0];
}

Deno.test("Ctrl-R and Ctrl-S search the history, and Enter takes what is found without running it", async () => {
  const { ctrl, backspace, left, enter } = keys;
  const back = ctrl("r");
  const found: [typed: string, cell: string | undefined][] = [
    [`${back}fry`, "fry(ham)"],
    [`${back}ham${back}`, "import ham"],
    [`${back}ham${back}${ctrl("s")}`, "fry(ham)"],
    [`${ctrl("s")}ham`, "import ham"],
    [`x${back}frz${backspace}`, "fry(ham)"],
    [`${back}nowhere${backspace.repeat(7)}`, undefined],
    [`x${back}fry${ctrl("g")}y`, "xy"],
    [`x${back}fry${ctrl("c")}y`, "xy"],
    [`${back}fry${left}z`, "zfry(ham)"],
    [`${back}fry${ctrl("e")} # more`, "fry(ham) # more"],
    [`${back}boil${enter}${ctrl("e")}`, "for egg in eggs:\n    boil(egg)"],
    [`${back}imp${ctrl("c")}${back}${back}`, "import ham"],
    [back + keys.paste("import\nx"), "import ham"],
  ];
  for (const [typed, cell] of found) assert.equal(await searched(typed), cell, JSON.stringify(typed));
});

Deno.test("the search is shown below the cell, and Esc gives it up", async () => {
  const cells: string[] = [];
  using session = openSession((code) => run(cells, code));
  session.history.add("fry(ham)");
  session.type(`x${keys.ctrl("r")}ham`);
  await session.until("In [1]: fry(ham)\nI-search backward: ham");
  session.type("z");
  await session.until("Failing I-search backward: hamz");
  session.type(keys.escape);
  session.clock.advance(500);
  session.type(keys.enter + keys.ctrl("d"));
  await session.ended;
  assert.deepEqual(cells, ["x"]);
});

Deno.test(":save names a file, is recalled and runs nothing", async () => {
  using session = openSession(assert.fail);
  session.type(
    [":save a b.ipynb", ':save "c.ipynb" ', ":save"].map((cell) => cell + keys.enter).join("") + keys.ctrl("d"),
  );
  await session.ended;
  const told = [...session.written().matchAll(/^saved to (.*)$/gm)].map(([, file]) => file);
  assert.deepEqual(told, ["a b.ipynb", "c.ipynb", "undefined"]);
  assert.deepEqual(session.history.cells, [":save a b.ipynb", ':save "c.ipynb"', ":save"]);
});

Deno.test("Tab indents, completes, and lists what a name could become", async () => {
  const typed = `my_name${keys.enter}${keys.tab}x = my${keys.tab}${keys.enter}`;
  assert.deepEqual(await cellsOf(typed), ["my_name", "    x = my_name"]);
  using session = openSession(() => run([]));
  session.type("is");
  session.type(keys.tab + keys.ctrl("c") + keys.ctrl("d"));
  await session.ended;
  assert.match(session.written(), /In \[1\]: is\nis {2}isinstance {2}issubclass\n/);
});

Deno.test("keys that mean nothing here leave no trace, and pasted control characters do not either", async () => {
  const strange = `${keys.ctrl("z")}\x1d\x1f\x1b[99;5u${keys.ctrl("g")}${keys.escape}`;
  const [cell] = await cellsOf(`a${strange}${keys.paste("\x1b[31mb\x1b]0;title\x07\x00c")}${keys.enter}`);
  assert.equal(cell, "abc");
});

Deno.test("of a cell that is higher than the terminal, the rows around the cursor are drawn", async () => {
  using session = openSession(() => run([]));
  session.type(keys.paste(Array.from({ length: 9 }, (_, n) => `line${n}`).join("\n")));
  await session.until("line8");
  assert.equal(session.written().match(/line\d/g)?.join(" "), "line4 line5 line6 line7 line8");
  session.type(keys.ctrl("c") + keys.ctrl("d"));
  await session.ended;
  assert(session.written().includes("line0"), "the whole cell is drawn when it is left");
});

/** What a cell gets that asks with each of these prompts in turn, when this is typed. */
async function typedInto(text: string, prompts: string[], { openLine = "", isPassword = false } = {}) {
  const typed: unknown[] = [];
  using session = openSession(async (_code, { onInput, signal }) => {
    for (const prompt of prompts) {
      typed.push(await onInput!({ prompt, isPassword }, signal!).catch((error: unknown) => error));
    }
    return await run([]);
  }, openLine);
  session.type(`ask()${keys.enter}`);
  await session.until(prompts[0].slice(-2));
  session.type(text + keys.ctrl("d"));
  assert.deepEqual(await session.ended, { type: "left", code: 0 });
  return { typed, written: session.written(), history: session.history.cells };
}

Deno.test("a running cell reads a line, which stays and is not remembered among the cells", async () => {
  const { typed, written, history } = await typedInto(`Adb${keys.backspace}a${keys.enter}`, ["name? "]);
  assert.deepEqual(typed, ["Ada"]);
  assert.match(written, /name\? Ada\n\(goes on\)/);
  assert.deepEqual(history, ["ask()"]);
});

Deno.test("lines that were typed ahead are read one after the other, empty ones too", async () => {
  const { typed } = await typedInto(`a${keys.enter}${keys.enter}b c${keys.enter}`, ["1? ", "2? ", "3? "]);
  assert.deepEqual(typed, ["a", "", "b c"]);
});

Deno.test("Ctrl-D ends the input in an empty line only", async () => {
  const { typed } = await typedInto(`ab${keys.left}${keys.ctrl("d")}${keys.enter}${keys.ctrl("d")}`, ["1? ", "2? "]);
  assert.equal(typed[0], "a");
  assert.ok(typed[1] instanceof EndOfInputError);
});

Deno.test("a pasted text is one line, and a tab is a tab", async () => {
  const { typed } = await typedInto(`${keys.paste("a\nb\n")}\tc${keys.enter}`, ["? "]);
  assert.deepEqual(typed, ["a b\tc"]);
});

Deno.test("a password is not shown, neither while it is typed nor afterwards", async () => {
  const { typed, written } = await typedInto(`s3cret${keys.left}!${keys.enter}`, ["Password: "], { isPassword: true });
  assert.deepEqual(typed, ["s3cre!t"]);
  assert.match(written, /Password: \n\(goes on\)/);
  assert.doesNotMatch(written, /s3|!/);
});

Deno.test("the prompt goes on behind an open line, below one that fills the terminal, and may have several lines", async () => {
  const after = async (openLine: string, prompt: string) => {
    const { written } = await typedInto(`x${keys.enter}`, [prompt], { openLine });
    return written.slice(0, written.lastIndexOf("\n(goes on)")).split("\n").map((line) => line.slice(-40)).slice(-2);
  };
  assert.match((await after("Name", "? "))[1], /Name\? x$/);
  assert.deepEqual(await after("a".repeat(40), "? "), ["", "? ? x"], "drawn twice, at the same place");
  assert.deepEqual(await after("", "1) a\n\x1b[2J? "), ["1) a", "? ? x"]);
});

Deno.test("Ctrl-C while a line is read interrupts the cell, and what is typed next goes to the next cell", async () => {
  const codes: string[] = [];
  using session = openSession(async (code, { onInput, signal }) => {
    codes.push(code);
    if (codes.length === 1) {
      await assert.rejects(onInput!({ prompt: "name? ", isPassword: false }, signal!), /interrupted/);
    }
    return await run([]);
  });
  session.type(`ask()${keys.enter}`);
  await session.until("name? ");
  session.type(`Ad${keys.ctrl("c")}`);
  await session.until("(goes on)");
  session.type(`next${keys.enter}`);
  await session.until("In [1]: next");
  session.type(keys.ctrl("d"));
  assert.deepEqual(await session.ended, { type: "left", code: 0 });
  assert.deepEqual(codes, ["ask()", "next"]);
  assert.match(session.written(), /name\? (?:Ad)?\n\(goes on\)/);
});
