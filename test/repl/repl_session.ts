/**
 * A REPL session with a scripted terminal.
 *
 * @module
 */

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { PassThrough } from "node:stream";
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

/** Matches a key or a paste as a terminal sends it. */
// deno-lint-ignore no-control-regex -- the test looks for control sequences
const KEY = /\x1b\[200~[^]*?\x1b\[201~|\x1b\[[^a-zA-Z~]*[a-zA-Z~]|\x1b(?=\x1b)|\x1b?[^]/gu;

/** Opens a session whose cells are run by a function. */
export function openSession(runCell: (code: string, options: RunCellOptions) => Promise<unknown>, openLine = "") {
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
    /** Types the keys one by one. */
    type(text: string): void {
      for (const [key] of text.matchAll(KEY)) input.emit("data", Buffer.from(key));
    },
    /** Sends the text in one piece, like a terminal without bracketed paste. */
    burst: (text: string) => void input.emit("data", Buffer.from(text.replace(/(?<!\r)\n/g, "\r"))),
    written: () => withoutControls(written),
    /** Returns how often the display was interrupted. */
    interrupted: () => interrupted,
    /** Resolves when the text has been written. */
    async until(text: string): Promise<void> {
      while (!withoutControls(written).includes(text)) await changed.promise;
    },
    [Symbol.dispose]: () => keyboard[Symbol.dispose](),
  };
}

/** Appends the code to `cells` and returns no outputs. */
export function run(cells: string[], code = "") {
  cells.push(code);
  return Promise.resolve({ outputs: [] });
}
