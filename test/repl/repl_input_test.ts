/**
 * The input that a running cell of the REPL reads, and the search in the history.
 *
 * @module
 */

import assert from "node:assert/strict";
import { EndOfInputError } from "../../src/errors.ts";
import { keys } from "../support/pseudo_terminal.ts";
import { openSession, run } from "./repl_session.ts";

/** Types keys in a session with some cells in its history. Returns the code of the first cell that was run. */
async function searched(typed: string): Promise<string | undefined> {
  const cells: string[] = [];
  using session = openSession((code) => run(cells, code));
  for (const cell of ["import ham", "fry(ham)", "for egg in eggs:\n    boil(egg)"]) session.history.add(cell);
  session.type(typed + keys.enter + keys.enter);
  session.type(keys.ctrl("c") + keys.ctrl("d"));
  await session.ended;
  return cells[0];
}

Deno.test("Ctrl-R and Ctrl-S search the history, and Enter accepts the found cell without running it", async () => {
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

Deno.test("the search is shown below the cell, and Esc cancels it", async () => {
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

/** Runs a cell that asks for input once per prompt while text is typed. Returns what it received, the screen and the history. */
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

Deno.test("a running cell reads a line that stays on the screen but not in the history", async () => {
  const { typed, written, history } = await typedInto(`Adb${keys.backspace}a${keys.enter}`, ["name? "]);
  assert.deepEqual(typed, ["Ada"]);
  assert.match(written, /name\? Ada\n\(goes on\)/);
  assert.deepEqual(history, ["ask()"]);
});

Deno.test("input() reads lines that were typed ahead in order, including empty ones", async () => {
  const { typed } = await typedInto(`a${keys.enter}${keys.enter}b c${keys.enter}`, ["1? ", "2? ", "3? "]);
  assert.deepEqual(typed, ["a", "", "b c"]);
});

Deno.test("Ctrl-D ends the input only in an empty line", async () => {
  const { typed } = await typedInto(`ab${keys.left}${keys.ctrl("d")}${keys.enter}${keys.ctrl("d")}`, ["1? ", "2? "]);
  assert.equal(typed[0], "a");
  assert.ok(typed[1] instanceof EndOfInputError);
});

Deno.test("input() reads a pasted text as one line and keeps tabs", async () => {
  const { typed } = await typedInto(`${keys.paste("a\nb\n")}\tc${keys.enter}`, ["? "]);
  assert.deepEqual(typed, ["a b\tc"]);
});

Deno.test("a password is never shown", async () => {
  const { typed, written } = await typedInto(`s3cret${keys.left}!${keys.enter}`, ["Password: "], { isPassword: true });
  assert.deepEqual(typed, ["s3cre!t"]);
  assert.match(written, /Password: \n\(goes on\)/);
  assert.doesNotMatch(written, /s3|!/);
});

Deno.test("a prompt for input continues an open line, follows a full row, and may have several lines", async () => {
  const after = async (openLine: string, prompt: string) => {
    const { written } = await typedInto(`x${keys.enter}`, [prompt], { openLine });
    return written.slice(0, written.lastIndexOf("\n(goes on)")).split("\n").map((line) => line.slice(-40)).slice(-2);
  };
  assert.match((await after("Name", "? "))[1], /Name\? x$/);
  assert.deepEqual(await after("a".repeat(40), "? "), ["", "? ? x"], "drawn twice, at the same place");
  assert.deepEqual(await after("", "1) a\n\x1b[2J? "), ["1) a", "? ? x"]);
});

Deno.test("Ctrl-C during input interrupts the cell, and later text goes to the next cell", async () => {
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
