/**
 * The demo: the real agent on a local notebook server, and a second client that runs a notebook's cells and draws what appears.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";
import { unlessAborted } from "../../src/async/unless_aborted.ts";
import type { Logger } from "../../src/logger.ts";
import { silentLogger } from "../../src/logger.ts";
import type { NotebookFile } from "../../src/nbformat/notebook_file.ts";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";
import { CellPainter } from "../../src/terminal/cell_painter.ts";
import { newNotebookId } from "../notebook_id.ts";
import { startSyncServer } from "../sync_server/start.ts";
import { countEvents } from "./count_events.ts";
import { expectedStatus, findDifferences } from "./differences.ts";
import type { NotebookClient } from "./notebook_client.ts";
import { OutputFollower } from "./output_follower.ts";
import { type DemoModel, type Environment, introduceModel, type OfflineTraits, startModel } from "./start_model.ts";
import { type DemoReport, summarize } from "./summary.ts";

/**
 * How long a cell may take, in milliseconds: well over the agent's own limits for a silent model (60 s, then 30 s),
 * including its retries.
 */
const CELL_TIMEOUT_MS = 300_000;

export interface DemoOptions {
  /** The text of the notebook file. */
  notebook: string;
  /** The environment variables that choose the model. */
  environment: Environment;
  /** The behaviour of the offline model. Default: the model that the environment selects answers. */
  offline?: OfflineTraits;
  /** Called with each piece of the drawing. */
  write(text: string): void;
  color: boolean;
  /** Aborting it stops the demo, which then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Measures the time until outputs appear. */
  clock: Clock;
}

/**
 * Runs the demo. Stops every service that it started, also after an error.
 *
 * @returns whether every cell ended as the notebook file says
 * @throws the error that kept the demo from running all cells
 */
export async function runDemo(options: DemoOptions): Promise<boolean> {
  const file = readNotebook(options.notebook);
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const painter = new CellPainter(options.write, { color: options.color });
  await using started = new AsyncDisposableStack();
  started.defer(() => painter.end());
  painter.note("Starting a notebook server and a model on this machine (the first time takes 10 s longer) ...");

  // The signal aborts only the start. Later the servers must outlive the agent, which ends its session on one of
  // them.
  const starting = new AbortController();
  const breakOff = () => starting.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", breakOff, { once: true });
  started.defer(() => signal.removeEventListener("abort", breakOff));

  /** Registers a started service to stop it later. A failed start ends the demo. */
  const keep = async <Started extends AsyncDisposable>(start: Promise<Started>): Promise<Started> => {
    try {
      return started.use(await start);
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  };
  const [server, model, { NotebookClient }, { AIPythonAgent }] = await allOrFirstFailure([
    keep(startSyncServer({ signal: starting.signal })),
    keep(startModel(options.environment, starting.signal, options.offline)),
    import("./notebook_client.ts"),
    import("../../src/agent.ts"),
  ]);
  signal.removeEventListener("abort", breakOff);

  const place = { syncUrl: server.syncUrl, notebookId: newNotebookId(), authToken: server.authToken };
  const agent = new AIPythonAgent({ ...place, ...model.settings, logger: complaints((text) => painter.note(text)) });
  options.write(`${introduceModel(model, agent.settings)}\n`);
  const life = agent.start().then(() => agent.keepAlive()).catch((error) => failure.abort(error));
  started.defer(async () => {
    await agent.shutdown().catch((error) => painter.note(`agent: ${error.message}`));
    await life;
  });
  const client = await keep(NotebookClient.open(place, signal));
  const cellIds = client.create(place.notebookId, file);
  await Promise.all([client.runtimeReady(signal), unlessAborted(model.ready(), signal)]);

  const cells = await runCells({ ...options, signal }, { file, cellIds, client, painter, model });
  const report = { ...cells, events: await countEvents(place, signal), exact: model.isOffline };
  painter.end();
  options.write(`\n${summarize(report)}`);
  return report.differences.length === 0;
}

interface Stage {
  file: NotebookFile;
  cellIds: readonly string[];
  client: NotebookClient;
  painter: CellPainter;
  model: DemoModel;
}

/** Runs the code cells one after the other, as a person would. */
async function runCells(
  { clock, signal, write }: DemoOptions,
  { file, cellIds, client, painter, model }: Stage,
): Promise<Omit<DemoReport, "events" | "exact">> {
  const firstOutputMs: number[] = [];
  const differences: { executionCount: number; messages: string[] }[] = [];
  let executionCount = 0;
  let expectedErrors = 0;
  for (const [index, { type, source, outputs: recorded }] of file.cells.entries()) {
    painter.end();
    write("\n");
    if (type !== "code") {
      painter.markdown(source);
      continue;
    }
    const count = ++executionCount;
    painter.input(source, count);
    const follower = new OutputFollower({
      onOutput: (output, picture) => painter.output(output, count, picture),
      onReplaced: () => painter.note("[the outputs above were replaced]"),
    });
    const begun = clock.now();
    let sawOutput = false;
    const outcome = await withTimeout(count, signal, (cellSignal) =>
      client.run(cellIds[index], (outputs) => {
        if (!sawOutput && outputs.length > 0) firstOutputMs.push(clock.now() - begun);
        sawOutput ||= outputs.length > 0;
        follower.update(outputs);
      }, cellSignal));
    const messages = findDifferences(recorded, outcome, model.isOffline);
    if (messages.length > 0) differences.push({ executionCount: count, messages });
    else if (expectedStatus(recorded) === "failed") expectedErrors++;
  }
  return { cells: executionCount, expectedErrors, firstOutputMs, differences };
}

/** Rejects if the cell takes too long. */
async function withTimeout<Outcome>(
  executionCount: number,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const late = new AbortController();
  const error = new Error(`In [${executionCount}] had not ended after ${CELL_TIMEOUT_MS / 1000} s`);
  const timer = setTimeout(() => late.abort(error), CELL_TIMEOUT_MS);
  try {
    return await run(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for all promises even when one has failed, so that no start goes on unnoticed. */
async function allOrFirstFailure<Values extends readonly unknown[]>(
  promises: readonly [...{ [Index in keyof Values]: Promise<Values[Index]> }],
): Promise<Values> {
  const all = Promise.all(promises) as Promise<unknown> as Promise<Values>;
  all.catch(() => {});
  await Promise.allSettled(promises);
  return await all;
}

/** Shows the agent's warnings and errors only. */
function complaints(note: (text: string) => void): Logger {
  return {
    ...silentLogger,
    warn: (message) => note(`agent: ${message}`),
    error: (message) => note(`agent: ${message}`),
  };
}
