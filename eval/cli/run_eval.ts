/**
 * Runs an evaluation: from the set to the files and the table.
 *
 * @module
 */

import { startOffline } from "../../src/cli/shell/offline.ts";
import { createStderrLogger } from "../../src/cli/stderr_logger.ts";
import { pickCellSettings } from "../../src/execution/cell_settings.ts";
import type { Price } from "../../src/execution/price.ts";
import { AIPythonError } from "../../src/errors.ts";
import { connectModel } from "../../src/model/connect_model.ts";
import { priceOf } from "../../src/options/model_prices.ts";
import { counted } from "../../src/terminal/counted.ts";
import { askAll, type Question } from "../ask_all.ts";
import { estimateCost } from "../cost/estimate_cost.ts";
import { requireConsent } from "../cost/require_consent.ts";
import { cruxevalSet } from "../cruxeval/cruxeval_set.ts";
import type { CellScore } from "../eval_run.ts";
import type { EvalSet } from "../eval_set.ts";
import { readFile, writeFile } from "../files.ts";
import { exactPercent, scoreAnswer, scoredCells } from "../score_run.ts";
import { takeSample } from "../take_sample.ts";
import type { EvalHost } from "./eval_host.ts";
import type { EvalOrder } from "./eval_order.ts";
import { type OpenRun, openRuns, remainingQuestions } from "./open_runs.ts";
import { Progress } from "./progress.ts";

/** Cells at a time: about as many as providers allow a new account. The offline model has one Python, so it is asked for one at a time. */
const CONCURRENCY = 4;

/**
 * Asks for the cells and writes the results. Answers that an earlier run has kept are not asked for again.
 *
 * @param order what was asked for
 * @param secrets what logs must not show
 * @param host the process
 * @param signal stops the run; its answers so far are kept and shown
 * @returns 0, or 1 if fewer cells are exact than asked for
 * @throws {ModelError} the model failed cell after cell, or what may be spent is spent
 * @throws {RefusedError} the model server refused the API key
 * @throws {ConfigurationError} what was asked for is wrong, or costs more than was agreed to
 */
export async function runEval(
  order: EvalOrder,
  secrets: readonly string[],
  host: EvalHost,
  signal: AbortSignal,
): Promise<number> {
  const { flags, numbers, settings } = order;
  const isOffline = flags.offline !== undefined;
  const set = await readSet(order, host);
  const cells = numbers.sample === undefined ? set.cells : takeSample(set.cells, numbers.sample, numbers.seed);
  const model = isOffline ? "offline-python" : settings.model;
  const server = isOffline ? "offline" : new URL(settings.baseUrl).host;
  const price = isOffline ? settings.price : priceOf(settings);
  const runs = await openRuns({ set, cells, model, server, price }, order, host);
  const wanted = cells.length * runs.length;
  const answered = () => runs.reduce((sum, { journal }) => sum + journal.answers.size, 0);
  const unit = runs.length === 1 ? "cells" : "answers";
  const remaining = remainingQuestions(cells, runs);
  if (answered() > 0) {
    const kept = runs.length === 1
      ? `${answered()} of ${wanted} cells were answered`
      : `${answered()} of ${wanted} answers were given`;
    host.writeError(`${kept} in a run that began at ${runs[0].journal.startedAt}: going on. --fresh begins anew.\n`);
  }
  if (remaining.length > 0 && !isOffline) {
    const estimate = estimateCost(remaining, settings);
    host.writeError(requireConsent(estimate, price, flags.yes !== undefined));
  }
  for (const { journal } of runs) journal.begin();
  try {
    if (remaining.length > 0) await ask(remaining, runs, { order, price, secrets, host, signal });
  } catch (error) {
    if (!signal.aborted && !(error instanceof AIPythonError)) throw error;
    const scored = runs.reduce((sum, run) => sum + scoredCells(run.result().cells).length, 0);
    host.writeError(`Stopped after ${scored} of ${wanted} ${unit}: the same command goes on.\n`);
    if (!signal.aborted) throw error;
  } finally {
    if (answered() > 0) await report(runs, flags.html, host);
  }
  return reachesGoal(runs[0].result().cells, numbers.minExact, host) ? 0 : 1;
}

async function readSet({ path, flags }: EvalOrder, host: EvalHost): Promise<EvalSet> {
  const set = path === undefined
    ? (await import("../golden/golden_set.ts")).goldenSet()
    : cruxevalSet(readFile(path, host), path);
  if (flags.offline === undefined || flags.all !== undefined) return set;
  return { ...set, cells: set.cells.filter(({ needs }) => needs.length === 0) };
}

async function ask(
  remaining: readonly Question[],
  runs: readonly OpenRun[],
  { order, price, secrets, host, signal }: {
    order: EvalOrder;
    price: Price | undefined;
    secrets: readonly string[];
    host: EvalHost;
    signal: AbortSignal;
  },
): Promise<void> {
  const { flags, numbers, settings } = order;
  const { maxTokensPerSession, maxCostPerSession, logLevel, logFormat } = settings;
  const offline = flags.offline === undefined ? undefined : await startOffline(signal);
  const earlier = runs.flatMap((run) => run.result().cells);
  const asked = remaining.reduce((sum, { prompts }) => sum + prompts.length, 0);
  const progress = new Progress(host, asked + earlier.length, earlier);
  const logger = createStderrLogger({
    level: logLevel,
    format: logFormat,
    secrets,
    write: (line) => progress.write(line),
    clock: host.clock,
  });
  const cellOf = new Map(remaining.map(({ cell }) => [cell.name, cell]));
  try {
    await askAll(remaining, {
      model: await connectModel({ ...settings, ...offline?.settings }, logger, signal),
      ...pickCellSettings(settings),
      limits: { maxTokensPerSession, maxCostPerSession },
      price,
      logger,
      cellTimeoutMs: numbers.cellTimeout * 1000,
      concurrency: numbers.concurrency ?? (offline === undefined ? CONCURRENCY : 1),
      runId: `eval-${crypto.randomUUID()}`,
      onAnswer(answer, prompt) {
        const { journal, letter } = runs.find((run) => run.prompt === prompt)!;
        journal.add(answer);
        progress.add(scoreAnswer(cellOf.get(answer.name)!, answer), letter);
      },
    }, signal);
  } finally {
    progress.end();
    await offline?.[Symbol.asyncDispose]();
  }
}

/** Whether enough cells are exact. A cell without a score might be none of them. */
function reachesGoal(cells: readonly CellScore[], minExact: number | undefined, host: EvalHost): boolean {
  if (minExact === undefined) return true;
  const without = cells.length - scoredCells(cells).length;
  if (without > 0) host.writeError(`--min-exact fails: ${counted(without, "cell")} without a score.\n`);
  return without === 0 && exactPercent(cells) >= minExact;
}

async function report(runs: readonly OpenRun[], html: string | undefined, host: EvalHost): Promise<void> {
  const results = runs.map((run) => run.result());
  for (const [index, { out }] of runs.entries()) writeFile(out, `${JSON.stringify(results[index], null, 1)}\n`, host);
  const { formatComparison, formatSummary, renderReport } = await import("../report/mod.ts");
  const [a, b] = results;
  host.writeOutput(b === undefined ? formatSummary(a) : formatComparison(a, b));
  if (html !== undefined) writeFile(html, renderReport(results), host);
  const written = [...runs.map(({ out }) => out), html].filter((path) => path !== undefined);
  host.writeError(`Written: ${written.join(", ")}\n`);
}
