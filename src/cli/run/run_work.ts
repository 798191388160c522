/**
 * The work of `aipython run`: runs the cells of a file, reports the result, and writes the output notebook.
 *
 * @module
 */

import type { DrawingThread } from "../../media/drawing_thread.ts";
import type { FileCell, NotebookFile } from "../../nbformat/notebook_file.ts";
import { withPngs } from "../../nbformat/with_pngs.ts";
import { NotebookRun } from "../../shell/notebook_run.ts";
import type { Invocation } from "../command.ts";
import { openShell } from "../shell/open_shell.ts";
import type { OutputNotebook } from "../shell/output_notebook.ts";
import type { ShellDisplay } from "../shell/shell_display.ts";
import type { FolderSettingName } from "../shell/shell_settings.ts";
import {
  describeDone,
  describeEnd,
  describeFailures,
  describeProgress,
  type ShellState,
} from "../shell/shell_summary.ts";

/** The time after which a slow start is explained, in milliseconds. */
const SLOW_START_MS = 2_000;

/** The time limit for drawing pictures for the output notebook after the run was stopped, in milliseconds. */
const DRAWING_AFTER_STOP_MS = 2_000;

export interface RunWorkOptions {
  invocation: Invocation<FolderSettingName>;
  /** The content of the file. */
  notebook: NotebookFile;
  /** The folder of the file, in which cells can name other files; for standard input the working directory. */
  folder: string;
  display: ShellDisplay;
  /** Draws figures as PNG for the output notebook. */
  thread: DrawingThread;
  /** The timeout of a cell, in seconds. Default: no timeout. */
  timeoutS: number | undefined;
}

export class RunWork {
  readonly #options: RunWorkOptions;
  readonly #stopping = new AbortController();
  /** The current run; absent until the model is connected. */
  #begun: { run: NotebookRun; model: string; state(): ShellState } | undefined;

  constructor(options: RunWorkOptions) {
    this.#options = options;
  }

  get hasFailed(): boolean {
    return this.#begun !== undefined && this.#begun.run.failures.length > 0;
  }

  /** Interrupts the run, and the drawing of pictures. */
  stop(): void {
    this.#stopping.abort(new Error("The run has been stopped"));
    this.#options.thread.interrupt();
  }

  /** Runs the cells, once. */
  async run(): Promise<void> {
    const { invocation, notebook, folder, display, timeoutS } = this.#options;
    const { settings, origins, flags, logger, host } = invocation;
    const { signal } = this.#stopping;
    const started = host.clock.now();
    const elapsed = () => host.clock.now() - started;
    display.track(() => `connecting to the model, ${Math.floor(elapsed() / 1000)} s`);
    await using opened = await openShell({ settings, origins, flags, logger: display.logger(logger) }, signal, {
      isCellNext: true,
      files: { folder, maxCharacters: settings.maxFileCharacters, say: (line) => display.say(line) },
    });
    if (host.isTerminal("error") && flags.quiet === undefined) display.say(opened.introduction);

    let hasOutput = false;
    const run = new NotebookRun(opened.shell, notebook.cells, {
      allowErrors: flags.allowErrors !== undefined,
      signal,
      cellTimeout: timeoutS === undefined ? undefined : { seconds: timeoutS, clock: host.clock },
      onMarkdown: (source) => display.markdown(source),
      onBegin(at) {
        if (run.done > 0) display.progressLine(describeDone(state()));
        display.begin(at);
      },
      onChange: (change, at) => {
        hasOutput = true;
        display.change(change, at);
      },
      onWait: (reason) => display.wait(reason),
      onEnd: () => display.end(),
    });
    const state = () => ({ run, usage: opened.shell.usage, elapsedMs: elapsed() });
    this.#begun = { run, model: opened.model, state };
    const isOffline = flags.offline !== undefined;
    display.track(() => {
      const waits = isOffline && run.done === 0 && !hasOutput && elapsed() > SLOW_START_MS;
      return `${describeProgress(state())}${waits ? " (the first start on a machine takes 10 s)" : ""}`;
    });
    await run.run();
  }

  /** Shows a summary of the run. */
  report(): void {
    if (this.#begun === undefined) return;
    const { quiet, allowErrors } = this.#options.invocation.flags;
    const { run, model, state } = this.#begun;
    // The failure that ended the run has already been shown.
    const failures = quiet === undefined && allowErrors === undefined ? [] : describeFailures(run);
    for (const line of failures) this.#options.display.say(line);
    if (quiet === undefined || this.hasFailed) this.#options.display.say(describeEnd(state(), model));
  }

  /** Writes the cells with their outputs so far, and adds figures as PNG. Writes nothing if the model answered no cell. */
  async write(output: OutputNotebook | undefined): Promise<void> {
    if (output === undefined || this.#begun === undefined) return;
    const { run, model } = this.#begun;
    if (!run.isAnswered && run.total > 0) {
      return this.#options.display.say("No cell was answered, so no notebook was written.");
    }
    const { invocation, notebook, display, thread } = this.#options;
    const { metadata, cells: given, notes } = notebook;
    const logger = display.logger(invocation.logger);
    const renewed = new Set<FileCell>();
    const cells = run.cells.map(async (cell, index) => {
      if (cell === given[index]) return cell;
      const withFigures = await withPngs(cell, thread, logger);
      renewed.add(withFigures);
      return withFigures;
    });
    const cancel = this.#stopping.signal.aborted
      ? invocation.host.clock.setTimer(() => thread.interrupt(), DRAWING_AFTER_STOP_MS)
      : () => {};
    const drawn = await Promise.all(cells).finally(cancel);
    const repairs = output.write({ metadata, cells: drawn, renewed, isPartial: run.isPartial }, model);
    for (const note of [...notes, ...repairs]) logger.warn(`Changed in the written notebook: ${note}`);
  }
}
