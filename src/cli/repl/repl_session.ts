/**
 * An interactive session in a terminal: its parts, their start and their end.
 *
 * @module
 */

import { delay } from "../../async/delay.ts";
import { AIPythonError } from "../../errors.ts";
import { DrawingThread } from "../../media/drawing_thread.ts";
import { complete } from "../../repl/completion/complete.ts";
import { KnownNames } from "../../repl/completion/known_names.ts";
import { InputReader } from "../../repl/input_reader.ts";
import { Keyboard } from "../../repl/keyboard.ts";
import { LineEditor } from "../../repl/line_editor.ts";
import { runRepl } from "../../repl/repl.ts";
import { Style, wantsColor } from "../../terminal/style.ts";
import type { Invocation } from "../command.ts";
import { exitCodeOfSignal } from "../exit_code.ts";
import { fileProblem } from "../files/file_problem.ts";
import { type OpenShell, openShell } from "../shell/open_shell.ts";
import { ShellDisplay } from "../shell/shell_display.ts";
import { ShellPictures } from "../shell/shell_pictures.ts";
import { describeEnd } from "../shell/shell_summary.ts";
import type { FolderSettingName } from "../shell/shell_settings.ts";
import { version } from "../version.ts";
import { createCellDisplay, describeWait } from "./cell_display.ts";
import { openHistory } from "./open_history.ts";
import { readFolder } from "./read_folder.ts";
import { SessionRecord } from "./session_record.ts";

/** The timeout for the end of an interrupted cell at the end of the session, in milliseconds. */
const LAST_CELL_MS = 1_000;

/** The timeout for drawing figures of the last cell at the end of the session, in milliseconds. Later ones stay SVGs. */
const LAST_DRAWING_MS = 2_000;

/** Dispose a session to restore the terminal. */
export class ReplSession implements AsyncDisposable {
  readonly #invocation: Invocation<FolderSettingName>;
  readonly #thread: DrawingThread;
  readonly #display: ShellDisplay;
  readonly #stopping = new AbortController();
  readonly #started: number;
  readonly #record: SessionRecord;
  #opened: OpenShell | undefined;
  #prompt: Promise<unknown> = Promise.resolve();
  #keyboard: Keyboard | undefined;
  #onResize = () => {};

  constructor(invocation: Invocation<FolderSettingName>) {
    const { flags, host, logger } = invocation;
    this.#invocation = invocation;
    this.#thread = new DrawingThread({ clock: host.clock });
    this.#record = new SessionRecord(flags.record, host, this.#thread, logger);
    const pictures = new ShellPictures(undefined, host, this.#thread, logger);
    this.#display = new ShellDisplay({ host, isQuiet: false, pictures });
    this.#started = host.clock.now();
  }

  /** Does the same as Ctrl-C. Returns false if there is no prompt or cell to interrupt. */
  interrupt(): boolean {
    this.#keyboard?.interrupt();
    return this.#keyboard !== undefined;
  }

  /** Runs the session to its end, and returns the exit code. */
  async run(): Promise<number> {
    const { settings, origins, flags, host } = this.#invocation;
    const logger = this.#display.logger(this.#invocation.logger);
    this.#display.track(() => describeWait("connecting to the model", host.clock.now() - this.#started));
    const { signal } = this.#stopping;
    const opened = await openShell({ settings, origins, flags, logger }, signal, {
      hasInput: true,
      files: { folder: ".", maxCharacters: settings.maxFileCharacters, say: (line) => this.#display.say(line) },
    });
    this.#opened = opened;
    const display = createCellDisplay({
      display: this.#display,
      clock: host.clock,
      isOffline: flags.offline !== undefined,
      interrupt: () => this.#thread.interrupt(),
    });
    const history = openHistory(this.#invocation);
    this.#display.say(`AIPython ${version}, ${opened.introduction}`);
    this.#display.say("Ctrl-C interrupts a cell, Ctrl-D or exit leaves.\n");

    const write = (text: string) => host.writeOutput(text);
    const { input, output } = host.terminal();
    const names = new KnownNames();
    const keyboard = this.#keyboard = new Keyboard(input, write, host.clock);
    const typing = {
      keyboard,
      screen: {
        write,
        // A terminal without a size reports 0.
        size: () => ({ rows: output.rows || 24, columns: output.columns || 80 }),
      },
      style: new Style(wantsColor({ isTerminal: true, environment: host.environment })),
    };
    const editor = new LineEditor({
      ...typing,
      history: history.cells,
      complete: (before) => complete(before, { names, readFolder }),
    });
    const inputs = new InputReader(typing);
    this.#onResize = () => {
      editor.resize();
      inputs.resize();
    };
    output.on("resize", this.#onResize);
    const prompt = runRepl({
      shell: opened.shell,
      editor,
      inputs,
      keyboard,
      history,
      names,
      display,
      write,
      save: (file) => this.#save(file, opened),
      onCell: () => this.#recordCell(opened),
      signal,
    });
    this.#prompt = prompt.catch(() => {});
    const end = await prompt;
    return end.type === "forced" ? exitCodeOfSignal("SIGINT") : end.code;
  }

  /** Restores the terminal, stops the running cell, writes the record and shows a summary of the session. */
  async [Symbol.asyncDispose](): Promise<void> {
    using _ = this.#thread;
    this.#stopping.abort(new Error("The session has ended"));
    try {
      this.#restoreTerminal();
    } finally {
      await this.#end();
    }
  }

  #restoreTerminal(): void {
    const { host } = this.#invocation;
    this.#keyboard?.[Symbol.dispose]();
    this.#keyboard = undefined;
    host.terminal().output.off("resize", this.#onResize);
    this.#display[Symbol.dispose]();
  }

  async #end(): Promise<void> {
    if (this.#opened === undefined) return;
    const { host } = this.#invocation;
    const { shell, model } = this.#opened;
    const cancel = host.clock.setTimer(() => this.#thread.interrupt(), LAST_DRAWING_MS);
    const ended = new AbortController();
    await Promise.race([this.#prompt, delay(host.clock, LAST_CELL_MS, ended.signal)]);
    ended.abort();
    try {
      await this.#record.update({ cells: shell.cells, model }, true);
    } finally {
      cancel();
      const { usage } = shell;
      const run = { total: usage.cells, done: usage.cells, failures: [], isInterrupted: false };
      const elapsedMs = host.clock.now() - this.#started;
      if (usage.cells > 0) this.#display.say(describeEnd({ run, usage, elapsedMs }, model));
      await this.#opened[Symbol.asyncDispose]();
    }
  }

  /** Saves the session for `:save`. Returns a message for the user. */
  async #save(file: string | undefined, { shell: { cells }, model }: OpenShell): Promise<string> {
    try {
      return await this.#record.save(file, { cells, model });
    } catch (error) {
      if (error instanceof AIPythonError) return error.message;
      return `The session was not written: ${fileProblem(error, "write")}.`;
    }
  }

  /** Adds the last cell to the record. A failure is shown, and the session continues. */
  async #recordCell({ shell: { cells }, model }: OpenShell): Promise<void> {
    try {
      await this.#record.update({ cells, model }, false);
    } catch (error) {
      this.#display.say(error instanceof AIPythonError ? error.message : fileProblem(error, "write"));
    }
  }
}
