/**
 * Runs a notebook or a Python file in a terminal.
 *
 * @module
 */

import { dirname } from "node:path";
import { DrawingThread } from "../../media/drawing_thread.ts";
import { injectParameters } from "../../nbformat/inject_parameters.ts";
import type { Invocation } from "../command.ts";
import { exitCodeOfSignal, failure } from "../exit_code.ts";
import type { StopSignal } from "../host/stop_signal.ts";
import { OutputNotebook, STDOUT } from "../shell/output_notebook.ts";
import { ShellDisplay } from "../shell/shell_display.ts";
import { ShellPictures } from "../shell/shell_pictures.ts";
import type { FolderSettingName } from "../shell/shell_settings.ts";
import { outputPath, readParameters, readTimeout } from "./run_flags.ts";
import { readSource } from "./run_source.ts";
import { RunWork } from "./run_work.ts";

/**
 * Runs a file's cells. The first signal interrupts the running cell and ends the run; a second one ends the command at once. In both
 * cases the output notebook is written with the outputs so far. Each signal cancels the drawing of pictures, which then stay SVGs. The
 * run also ends if stdout can no longer be written, or after an uncaught error.
 *
 * @throws {ConfigurationError} the file cannot be run, or the outputs cannot be written
 * @throws the uncaught error
 * @throws {RefusedError} the model server refuses the API key
 * @throws {OutputNotWrittenError} the output notebook could not be written
 */
export async function run(invocation: Invocation<FolderSettingName>): Promise<number> {
  const { flags, operands: [file], host, logger } = invocation;
  const isQuiet = flags.quiet !== undefined;
  const parameters = readParameters(flags.parameters);
  const timeoutS = readTimeout(flags.cellTimeout);
  const source = await readSource(file, host, { anyLanguage: flags.anyLanguage !== undefined });
  const notebook = parameters.length === 0 ? source : { ...source, cells: injectParameters(source.cells, parameters) };
  const path = outputPath(file, flags);
  const output = path === undefined ? undefined : new OutputNotebook(path, host, { writer: "--output" });
  using thread = new DrawingThread({ clock: host.clock });
  const pictures = isQuiet && flags.pictures === undefined
    ? undefined
    : new ShellPictures(flags.pictures, host, thread, logger);
  using display = new ShellDisplay({ host, isQuiet, hidesOutputs: path === STDOUT, pictures });
  const folder = dirname(file);
  const work = new RunWork({ invocation, notebook, folder, display, thread, timeoutS });

  let stoppedBy: StopSignal | undefined;
  const left = Promise.withResolvers<void>();
  const uncaught = Promise.withResolvers<never>();
  const forgetSignals = host.onStopSignal((signal) => {
    if (stoppedBy !== undefined) left.resolve();
    stoppedBy ??= signal;
    work.stop();
  });
  const forgetUncaught = host.onUncaught((error) => uncaught.reject(error));
  try {
    await Promise.race([
      uncaught.promise,
      work.run().catch((error) => {
        if (stoppedBy === undefined) throw error;
      }),
      left.promise,
    ]);
  } finally {
    work.report();
    await work.write(output).finally(() => {
      forgetSignals();
      forgetUncaught();
    });
  }
  // An uncaught error may have occurred while the notebook was written.
  await Promise.race([uncaught.promise, Promise.resolve()]);
  if (stoppedBy !== undefined) return exitCodeOfSignal(stoppedBy);
  return work.hasFailed ? failure.code : 0;
}
