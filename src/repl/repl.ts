/**
 * The loop of an interactive session: reads a cell, runs it, shows what it shows, and reads the next.
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
import { LeavingWords } from "./leaving_words.ts";
import type { LineEditor } from "./line_editor.ts";
import { saveCommand } from "./save_command.ts";

/** What cells' outputs are shown with. */
export interface CellDisplay {
  /** A cell begins. */
  begin(executionCount: number): void;
  /** Its outputs have changed. */
  change(change: OutputChange): void;
  /** It waits, for a reason, or goes on. */
  wait(reason?: string): void;
  /** Ctrl-C was pressed: what is still being made of its outputs is given up. */
  interrupt(): void;
  /** It asks the person. Resolves when everything has been shown, with what stands on the last line, where the person types. */
  ask(): Promise<string>;
  /** The person has answered, and it goes on. */
  goOn(): void;
  /** It has ended; resolves when everything has been shown. */
  end(): Promise<void>;
}

/** What a session consists of. */
export interface ReplOptions {
  /** Runs the cells. */
  shell: InteractiveShell;
  /** Reads them. */
  editor: LineEditor;
  /** Reads what they ask for. */
  inputs: InputReader;
  /** Where Ctrl-C is pressed while a cell runs. */
  keyboard: Keyboard;
  /** Remembers the cells. */
  history: CellHistory;
  /** Learns the names in them and in their outputs. */
  names: KnownNames;
  /** Shows what the cells show. */
  display: CellDisplay;
  /** Writes to the terminal. */
  write(text: string): void;
  /** Saves the cells that have run, to a file or where they were saved before; returns what is said about it. */
  save(file?: string): Promise<string>;
  /** A cell has run. The next prompt waits for what is returned. */
  onCell(): Promise<void>;
  /** Ends the running cell for good. */
  signal: AbortSignal;
}

/** How a session ended: at the prompt, with an exit code, or at a second Ctrl-C while a cell did not end. */
export type ReplEnd = { type: "left"; code: number } | { type: "forced" };

/** Runs a session to its end. */
export async function runRepl(options: ReplOptions): Promise<ReplEnd> {
  const { shell, editor, history, names, write, save } = options;
  const leaving = new LeavingWords();
  for (;;) {
    const answer = await editor.read(`In [${shell.executionCount}]: `);
    if (answer.type === "end") return { type: "left", code: 0 };
    if (answer.type === "interrupted") write("KeyboardInterrupt\n");
    else if (answer.code.trim() !== "") {
      const code = leaving.codeOf(answer.code);
      if (code !== undefined) return { type: "left", code };
      history.add(answer.code);
      const command = saveCommand(answer.code);
      if (command !== undefined) write(`${withoutControls(await save(command.file))}\n`);
      else {
        names.learn(answer.code);
        leaving.learn(answer.code);
        const cell = await runCell(answer.code, options);
        if (cell === undefined) return { type: "forced" };
        names.learnOutputs(answer.code, cell.outputs);
      }
    }
    write("\n");
  }
}

/** Runs a cell; returns nothing where it did not wait for its end. */
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
    display.goOn();
  }
}
