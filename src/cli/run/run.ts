/**
 * Runs a notebook or a Python file in a terminal.
 *
 * @module
 */

import type { FileCell, NotebookFile } from "../../nbformat/notebook_file.ts";
import { withPngs } from "../../nbformat/with_pngs.ts";
import { NotebookRun } from "../../shell/notebook_run.ts";
import type { Invocation } from "../command.ts";
import { exitCodeOfSignal, failure } from "../exit_code.ts";
import type { StopSignal } from "../host/stop_signal.ts";
import { openShell } from "../shell/open_shell.ts";
import { OutputNotebook } from "../shell/output_notebook.ts";
import { ShellDisplay } from "../shell/shell_display.ts";
import { ShellPictures } from "../shell/shell_pictures.ts";
import { readSource } from "./run_source.ts";
import { describeEnd, describeFailures, describeProgress, type ShellState } from "../shell/shell_summary.ts";
import type { ShellSettingName } from "../shell/shell_settings.ts";

/** How long a start takes before the reason is shown, in milliseconds. */
const SLOW_START_MS = 2_000;

/**
 * Runs a file's cells. The first signal interrupts the running cell and ends the run; a second one leaves at once. In both cases the
 * output notebook is written with the outputs so far. A reader of stdout that goes ends the run, too.
 *
 * @returns the exit code
 * @throws {ConfigurationError} the file cannot be run, or outputs could not be written
 * @throws {RefusedError} the model server does not take the API key
 * @throws {OutputNotWrittenError} the output notebook could not be written
 */
export async function run(invocation: Invocation<ShellSettingName>): Promise<number> {
  const { flags, operands: [file], host, logger } = invocation;
  const isQuiet = flags.quiet !== undefined;
  const notebook = await readSource(file, host, { anyLanguage: flags.anyLanguage !== undefined });
  const output = flags.output === undefined
    ? undefined
    : new OutputNotebook(flags.output, host, { writer: "--output" });
  const pictures = isQuiet && flags.pictures === undefined
    ? undefined
    : new ShellPictures(flags.pictures, host, logger);
  using display = new ShellDisplay({ host, isQuiet, pictures });
  const work = new RunWork(invocation, notebook, display);

  let stoppedBy: StopSignal | undefined;
  const left = Promise.withResolvers<void>();
  const forgetSignals = host.onStopSignal((signal) => {
    if (stoppedBy !== undefined) left.resolve();
    stoppedBy ??= signal;
    work.stop();
  });
  try {
    await Promise.race([
      work.run().catch((error) => {
        if (stoppedBy === undefined) throw error;
      }),
      left.promise,
    ]);
  } finally {
    forgetSignals();
    work.report();
    await work.write(output);
  }
  if (stoppedBy !== undefined) return exitCodeOfSignal(stoppedBy);
  return work.hasFailed ? failure.code : 0;
}

/** The run of one file. */
class RunWork {
  readonly #invocation: Invocation<ShellSettingName>;
  readonly #notebook: NotebookFile;
  readonly #display: ShellDisplay;
  readonly #stopping = new AbortController();
  /** The run that is reported; absent until the model is connected. */
  #begun: { run: NotebookRun; model: string; state(): ShellState } | undefined;

  constructor(invocation: Invocation<ShellSettingName>, notebook: NotebookFile, display: ShellDisplay) {
    this.#invocation = invocation;
    this.#notebook = notebook;
    this.#display = display;
  }

  /** Whether a cell has failed. */
  get hasFailed(): boolean {
    return this.#begun !== undefined && this.#begun.run.failures.length > 0;
  }

  /** Interrupts the run. */
  stop(): void {
    this.#stopping.abort(new Error("The run has been stopped"));
  }

  /** Runs the cells, once. */
  async run(): Promise<void> {
    const { settings, origins, flags, logger, host } = this.#invocation;
    const display = this.#display;
    const { signal } = this.#stopping;
    const started = host.clock.now();
    const elapsed = () => host.clock.now() - started;
    display.track(() => `connecting to the model, ${Math.floor(elapsed() / 1000)} s`);
    await using opened = await openShell({ settings, origins, flags, logger: display.logger(logger) }, signal, {
      isCellNext: true,
    });
    if (host.isTerminal("error") && flags.quiet === undefined) display.say(opened.introduction);

    let hasOutput = false;
    const run = new NotebookRun(opened.shell, this.#notebook.cells, {
      allowErrors: flags.allowErrors !== undefined,
      signal,
      onMarkdown: (source) => display.markdown(source),
      onBegin: (at) => display.begin(at),
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

  /** Reports how the run went. */
  report(): void {
    if (this.#begun === undefined) return;
    const { quiet, allowErrors } = this.#invocation.flags;
    const { run, model, state } = this.#begun;
    // The failure that ended a run has just been shown.
    const failures = quiet === undefined && allowErrors === undefined ? [] : describeFailures(run);
    for (const line of failures) this.#display.say(line);
    if (quiet === undefined || this.hasFailed) this.#display.say(describeEnd(state(), model));
  }

  /** Writes the cells with their outputs so far, figures as PNG too. Writes nothing if no cell was answered. */
  async write(output: OutputNotebook | undefined): Promise<void> {
    if (output === undefined || this.#begun === undefined) return;
    const { run, model } = this.#begun;
    if (!run.isAnswered && run.total > 0) {
      return this.#display.say("No cell was answered, so no notebook was written.");
    }
    const { metadata, cells: given, notes } = this.#notebook;
    const logger = this.#display.logger(this.#invocation.logger);
    const renewed = new Set<FileCell>();
    const cells = await Promise.all(run.cells.map(async (cell, index) => {
      if (cell === given[index]) return cell;
      const withFigures = await withPngs(cell, logger);
      renewed.add(withFigures);
      return withFigures;
    }));
    const mended = output.write({ metadata, cells, renewed, isPartial: run.isPartial }, model);
    for (const note of [...notes, ...mended]) logger.warn(`The notebook that was written differs: ${note}`);
  }
}
