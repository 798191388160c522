/**
 * An interactive session in a terminal.
 *
 * @module
 */

import { join } from "node:path";
import { delay } from "../../async/delay.ts";
import { AIPythonError } from "../../errors.ts";
import { DrawingThread } from "../../media/drawing_thread.ts";
import { CellHistory } from "../../repl/cell_history.ts";
import { complete } from "../../repl/completion/complete.ts";
import { KnownNames } from "../../repl/completion/known_names.ts";
import { HistoryFile } from "../../repl/history_file.ts";
import { InputReader } from "../../repl/input_reader.ts";
import { Keyboard } from "../../repl/keyboard.ts";
import { LineEditor } from "../../repl/line_editor.ts";
import { type CellDisplay, runRepl } from "../../repl/repl.ts";
import { stateFolder } from "../../repl/state_folder.ts";
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
import { readFolder } from "./read_folder.ts";
import { requireTerminal } from "./require_terminal.ts";
import { SessionRecord } from "./session_record.ts";

/** How long a cell or a start takes before the wait is shown, in milliseconds. */
const SLOW_MS = 1_000;

/** How long the end of an interrupted cell is waited for when the session ends, in milliseconds: it has nothing to wait for itself. */
const LAST_CELL_MS = 1_000;

/** How long figures of the last cell are drawn, in milliseconds; those that take longer stay SVG alone. */
const LAST_DRAWING_MS = 2_000;

/**
 * Runs a session until the person leaves. SIGTERM leaves at once; SIGINT does what Ctrl-C does.
 *
 * @returns the exit code
 * @throws {ConfigurationError} there is no terminal, or the session cannot be recorded
 * @throws {RefusedError} the model server does not take the API key
 * @throws {OutputNotWrittenError} the record of the session could not be written where it should be
 */
export async function repl(invocation: Invocation<FolderSettingName>): Promise<number> {
  const { host } = invocation;
  requireTerminal(host);
  const session = new ReplSession(invocation);
  const left = Promise.withResolvers<number>();
  const forgetSignals = host.onStopSignal((signal) => {
    if (signal === "SIGINT" && session.interrupt()) return;
    left.resolve(exitCodeOfSignal(signal));
  });
  const forgetUncaught = host.onUncaught((error) => left.reject(error));
  try {
    return await Promise.race([session.run(), left.promise]);
  } finally {
    forgetSignals();
    forgetUncaught();
    await session[Symbol.asyncDispose]();
  }
}

/** One session. */
class ReplSession implements AsyncDisposable {
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

  /** Does what Ctrl-C does. Returns whether there is a prompt or a cell to interrupt. */
  interrupt(): boolean {
    this.#keyboard?.interrupt();
    return this.#keyboard !== undefined;
  }

  /** Runs the session to its end. Returns the exit code. */
  async run(): Promise<number> {
    const { settings, origins, flags, host } = this.#invocation;
    const logger = this.#display.logger(this.#invocation.logger);
    this.#display.track(() => this.#describeWait("connecting to the model", this.#started));
    const { signal } = this.#stopping;
    const opened = await openShell({ settings, origins, flags, logger }, signal, {
      hasInput: true,
      files: { folder: ".", maxCharacters: settings.maxFileCharacters, say: (line) => this.#display.say(line) },
    });
    this.#opened = opened;
    const display = this.#cellDisplay();
    const history = this.#history();
    this.#display.say(`AIPython ${version}, ${opened.introduction}`);
    this.#display.say("Ctrl-C interrupts a cell, Ctrl-D or exit leaves.\n");

    const write = (text: string) => host.writeOutput(text);
    const { input, output } = host.terminal();
    const names = new KnownNames();
    const keyboard = this.#keyboard = new Keyboard(input, write, host.clock);
    const typing = {
      keyboard,
      screen: {
        write, // A terminal without a size says 0.
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

  /** Restores the terminal, stops the running cell, writes the record and shows what the session has cost. */
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

  /** Saves the session for a person who asks for it. */
  async #save(file: string | undefined, { shell: { cells }, model }: OpenShell): Promise<string> {
    try {
      return await this.#record.save(file, { cells, model });
    } catch (error) {
      if (error instanceof AIPythonError) return error.message;
      return `The session was not written: ${fileProblem(error, "write")}.`;
    }
  }

  /** Records the last cell. What goes wrong is said, and the session goes on. */
  async #recordCell({ shell: { cells }, model }: OpenShell): Promise<void> {
    try {
      await this.#record.update({ cells, model }, false);
    } catch (error) {
      this.#display.say(error instanceof AIPythonError ? error.message : fileProblem(error, "write"));
    }
  }

  /** Shows outputs, and the wait if a cell shows none for a while. */
  #cellDisplay(): CellDisplay {
    const { host, flags } = this.#invocation;
    const display = this.#display;
    const isOffline = flags.offline !== undefined;
    let executionCount = 0;
    let begun: number | undefined;
    let isFirst = true;
    display.track(() => {
      const what = isFirst && isOffline ? "Python starts; the first time on a machine takes 10 s" : "Ctrl-C interrupts";
      return begun === undefined ? "" : this.#describeWait(what, begun);
    });
    return {
      begin(count) {
        executionCount = count;
        begun = host.clock.now();
      },
      change(change) {
        isFirst = false;
        display.change(change, { executionCount });
      },
      wait: (reason) => display.wait(reason),
      interrupt: () => this.#thread.interrupt(),
      async ask() {
        isFirst = false;
        begun = undefined;
        return await display.releaseLine();
      },
      goOn() {
        begun = host.clock.now();
      },
      async end() {
        isFirst = false;
        begun = undefined;
        await display.end();
      },
    };
  }

  /** Describes a wait and its length; empty while it is short. */
  #describeWait(what: string, since: number): string {
    const elapsed = this.#invocation.host.clock.now() - since;
    return elapsed < SLOW_MS ? "" : `${what}, ${Math.floor(elapsed / 1000)} s`;
  }

  #history(): CellHistory {
    const { flags, host: { environment }, logger } = this.#invocation;
    const folder = flags.noHistory === undefined ? stateFolder({ os: Deno.build.os, environment }) : undefined;
    const path = folder === undefined ? undefined : join(folder, "history");
    return new CellHistory({
      file: path === undefined ? undefined : new HistoryFile(path),
      onProblem: (error) =>
        logger.warn("the history cannot be kept on disk (--no-history does without)", {
          path,
          reason: fileProblem(error, "write"),
        }),
    });
  }
}
