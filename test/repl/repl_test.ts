import assert from "node:assert/strict";
import type { RunCellOptions } from "../../src/shell/interactive_shell.ts";
import { keys } from "../support/pseudo_terminal.ts";
import { openSession, run } from "./repl_session.ts";

/** Types into a session and returns the cells that were run. */
async function cellsOf(typed: string): Promise<string[]> {
  const cells: string[] = [];
  using session = openSession((code) => run(cells, code));
  session.type(`${typed}${keys.ctrl("c")}${keys.ctrl("d")}`);
  assert.deepEqual(await session.ended, { type: "left", code: 0 });
  return cells;
}

Deno.test("a second Ctrl-C ends the session if the cell does not end", async () => {
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

Deno.test("the session ends with 0 when its keyboard is closed", async () => {
  const session = openSession(() => run([]));
  session[Symbol.dispose]();
  assert.deepEqual(await session.ended, { type: "left", code: 0 });
});

Deno.test("blank cells are neither run nor stored in the history", async () => {
  assert.deepEqual(await cellsOf(`${keys.enter}   ${keys.enter}x${keys.enter}`), ["x"]);
});

Deno.test("Alt-Enter runs an incomplete cell, and Ctrl-O adds a line to a complete one", async () => {
  assert.deepEqual(await cellsOf(`f(${keys.alt("\r")}a${keys.ctrl("o")}b${keys.enter}`), ["f(", "a\nb"]);
});

Deno.test("Enter inserts a line in the middle of a cell but runs a single line", async () => {
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
  Deno.test(`${cell} ends the session with ${code}`, async () => {
    using session = openSession(assert.fail);
    session.type(cell + keys.enter);
    assert.deepEqual(await session.ended, { type: "left", code });
  });
}

Deno.test("exit and quit are ordinary names after a cell has bound them", async () => {
  const entered = (cells: string[]) => cells.map((cell) => cell + keys.enter).join("");
  const cells = ["quit = False", "quit", "quit()", "def exit(): pass", "exit()"];
  assert.deepEqual(await cellsOf(entered(cells)), cells);
  assert.deepEqual(await cellsOf(entered(["quit = 1", "%quit"])), ["quit = 1"]);
  assert.deepEqual(await cellsOf(entered(["quit = 1", "del quit", "quit"])), ["quit = 1", "del quit"]);
});

Deno.test("cells that only resemble exit or :save are run, and so are magics about the session", async () => {
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

Deno.test(":save takes a file name, is stored in the history and runs no cell", async () => {
  using session = openSession(assert.fail);
  session.type(
    [":save a b.ipynb", ':save "c.ipynb" ', ":save"].map((cell) => cell + keys.enter).join("") + keys.ctrl("d"),
  );
  await session.ended;
  const files = [...session.written().matchAll(/^saved to (.*)$/gm)].map(([, file]) => file);
  assert.deepEqual(files, ["a b.ipynb", "c.ipynb", "undefined"]);
  assert.deepEqual(session.history.cells, [":save a b.ipynb", ':save "c.ipynb"', ":save"]);
});

Deno.test("Tab indents, completes a name and lists several candidates", async () => {
  const typed = `my_name${keys.enter}${keys.tab}x = my${keys.tab}${keys.enter}`;
  assert.deepEqual(await cellsOf(typed), ["my_name", "    x = my_name"]);
  using session = openSession(() => run([]));
  session.type("is");
  session.type(keys.tab + keys.ctrl("c") + keys.ctrl("d"));
  await session.ended;
  assert.match(session.written(), /In \[1\]: is\nis {2}isinstance {2}issubclass\n/);
});

Deno.test("unknown keys and pasted control characters are ignored", async () => {
  const strange = `${keys.ctrl("z")}\x1d\x1f\x1b[99;5u${keys.ctrl("g")}${keys.escape}`;
  const [cell] = await cellsOf(`a${strange}${keys.paste("\x1b[31mb\x1b]0;title\x07\x00c")}${keys.enter}`);
  assert.equal(cell, "abc");
});

Deno.test("a cell that is higher than the terminal is drawn only around the cursor", async () => {
  using session = openSession(() => run([]));
  session.type(keys.paste(Array.from({ length: 9 }, (_, n) => `line${n}`).join("\n")));
  await session.until("line8");
  assert.equal(session.written().match(/line\d/g)?.join(" "), "line4 line5 line6 line7 line8");
  session.type(keys.ctrl("c") + keys.ctrl("d"));
  await session.ended;
  assert(session.written().includes("line0"), "the whole cell is drawn when the session leaves it");
});
