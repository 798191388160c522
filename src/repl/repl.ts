/**
 * The loop of an interactive session: reads a cell, runs it, shows its outputs, and reads the next.
 *
 * @module
 */

import type { InputRequest } from "../execution/execution_context.ts";
import type { InteractiveShell, ShellCell } from "../shell/interactive_shell.ts";
import type { OutputChange } from "../shell/cell_outputs.ts";
import { withoutControls } from "../terminal/control_filter.ts";
import type { CellHistory } from "./cell_history.ts";
import type { KnownNames } from "./completion/known_names.ts";
import type { InputReader } from "./input_reader.ts";
import type { Keyboard } from "./keyboard.ts";
import { ExitCommands } from "./exit_commands.ts";
import type { LineEditor } from "./line_editor.ts";
import { saveCommand } from "./save_command.ts";

export interface CellDisplay {
  begin(executionCount: number): void;
  change(change: OutputChange): void;
  /** Called with the reason when the cell waits, and without one when it continues. */
  wait(reason?: string): void;
  /** Called at Ctrl-C: cancels the pictures that are being drawn. */
  interrupt(): void;
  /** Called when the cell asks for input. Resolves when all outputs are shown, with the text on the last line, where the user types. */
  ask(): Promise<string>;
  /** Called when the user has answered and the cell continues. */
  resume(): void;
  /** Called when the cell has ended. Resolves when all outputs are shown. */
  end(): Promise<void>;
}

export interface ReplOptions {
  shell: InteractiveShell;
  editor: LineEditor;
  /** Reads the input that cells ask for. */
  inputs: InputReader;
  /** Reports Ctrl-C while a cell runs. */
  keyboard: Keyboard;
  /** Keeps the cells, to recall them. */
  history: CellHistory;
  /** Collects names from the cells and their outputs, for completion. */
  names: KnownNames;
  display: CellDisplay;
  /** Writes to the terminal. */
  write(text: string): void;
  /** Saves the cells that have run, to a file or to the last file. Returns a message for the user. */
  save(file?: string): Promise<string>;
  /** Called after each cell. The next prompt waits for the promise. */
  onCell(): Promise<void>;
  /** Ends the running cell when the session ends. */
  signal: AbortSignal;
}

/** The end of a session: at the prompt with an exit code, or forced by a second Ctrl-C while a cell ran. */
export type ReplEnd = { type: "left"; code: number } | { type: "forced" };

/** Runs a session to its end. */
export async function runRepl(options: ReplOptions): Promise<ReplEnd> {
  const { shell, editor, history, names, write, save } = options;
  const exits = new ExitCommands();
  for (;;) {
    const answer = await editor.read(`In [${shell.executionCount}]: `);
    if (answer.type === "end") return { type: "left", code: 0 };
    if (answer.type === "interrupted") write("KeyboardInterrupt\n");
    else if (answer.code.trim() !== "") {
      const code = exits.codeOf(answer.code);
      if (code !== undefined) return { type: "left", code };
      history.add(answer.code);
      const command = saveCommand(answer.code);
      if (command !== undefined) write(`${withoutControls(await save(command.file))}\n`);
      else {
        names.learn(answer.code);
        exits.learn(answer.code);
        const cell = await runCell(answer.code, options);
        if (cell === undefined) return { type: "forced" };
        names.learnOutputs(answer.code, cell.outputs);
      }
    }
    write("\n");
  }
}

/** Runs a cell. Returns `undefined` if a second Ctrl-C did not wait for its end. */
async function runCell(code: string, options: ReplOptions): Promise<ShellCell | undefined> {
  const { shell, keyboard, display } = options;
  const interruption = new AbortController();
  const forced = Promise.withResolvers<undefined>();
  const forget = keyboard.onInterrupt(() => {
    if (interruption.signal.aborted) forced.resolve(undefined);
    interruption.abort(new Error("interrupted"));
    display.interrupt();
  });
  try {
    display.begin(shell.executionCount);
    const run = async () => {
      const cell = await shell.runCell(code, {
        onChange: (change) => display.change(change),
        onWait: (reason) => display.wait(reason),
        onInput: (request, signal) => readInput(request, signal, options),
        signal: AbortSignal.any([interruption.signal, options.signal]),
      });
      await display.end();
      await options.onCell();
      return cell;
    };
    return await Promise.race([run(), forced.promise]);
  } finally {
    forget();
  }
}

async function readInput(
  request: InputRequest,
  signal: AbortSignal,
  { display, inputs }: Pick<ReplOptions, "display" | "inputs">,
): Promise<string> {
  const line = await display.ask();
  try {
    return await inputs.read(request, line, signal);
  } finally {
    display.resume();
  }
}
