/**
 * Runs an evaluation: from the set to the files and the tables.
 *
 * @module
 */

import { exitCodeOfError } from "../../src/cli/exit_code.ts";
import { AIPythonError } from "../../src/errors.ts";
import { createRedactor } from "../../src/options/redactor.ts";
import { counted } from "../../src/terminal/counted.ts";
import { requireConsent } from "../cost/require_consent.ts";
import type { CellScore, EvalRun } from "../eval_run.ts";
import type { EvalSet } from "../eval_set.ts";
import { writeFile } from "../files.ts";
import { readSet } from "../read_set.ts";
import { exactPercent, scoredCells } from "../score_run.ts";
import { takeSample } from "../take_sample.ts";
import type { EvalHost } from "./eval_host.ts";
import type { EvalOrder } from "./eval_order.ts";
import { ModelEvaluation } from "./model_evaluation.ts";

/** The end of an evaluation. */
export interface EvalEnd {
  /** The exit code. */
  code: number;
  /** Whether one of several models failed, so that cells are left that the same command would ask for. */
  isIncomplete: boolean;
}

/**
 * Asks each model for the cells and writes the results. Answers that an earlier run has kept are not asked for again.
 * If one of several models fails, the others still run.
 *
 * @param secrets texts that logs must not show
 * @param signal stops the run; its answers so far are kept and shown
 * @returns the code 0; 1 if fewer cells are exact than required, or the user did not agree to the cost; for several
 * models, the code of the first that failed
 * @throws {ModelError} the model failed cell after cell, or the cost limit is reached
 * @throws {RefusedError} the model server refused the API key
 * @throws {ConfigurationError} the parameters are wrong, or the run costs more than was agreed to
 */
export async function runEval(
  order: EvalOrder,
  secrets: readonly string[],
  host: EvalHost,
  signal: AbortSignal,
): Promise<EvalEnd> {
  const { flags, numbers } = order;
  const set = await readWantedSet(order, host);
  for (const note of set.notes ?? []) host.writeError(`${note}\n`);
  const cells = numbers.sample === undefined ? set.cells : takeSample(set.cells, numbers.sample, numbers.seed);
  const evaluations: ModelEvaluation[] = [];
  for (const model of order.models) {
    evaluations.push(await ModelEvaluation.open({ order, set, cells, model, secrets, host }));
  }
  for (const evaluation of evaluations) evaluation.reportKept();
  const planned = evaluations.flatMap((evaluation) => evaluation.plannedCost ?? []);
  if (planned.length > 0 && !await requireConsent(planned, flags.yes !== undefined, host, signal)) {
    host.writeError("Nothing was asked.\n");
    return { code: 1, isIncomplete: false };
  }
  const codes: number[] = [];
  for (const evaluation of evaluations) {
    try {
      await evaluation.ask(signal);
    } catch (error) {
      if (evaluations.length === 1 || signal.aborted || !(error instanceof AIPythonError)) throw error;
      host.writeError(createRedactor(secrets)(`eval: ${evaluation.name}: ${error.message}\n`));
      codes.push(exitCodeOfError(error));
    }
    if (signal.aborted) break;
  }
  if (evaluations.length > 1) {
    await reportModels(evaluations.map((evaluation) => evaluation.result()), flags.html, host);
  }
  const isReached = evaluations.map((each) => reachesGoal(each.result().cells, numbers.minExact, host)).every(Boolean);
  return { code: codes[0] ?? (isReached ? 0 : 1), isIncomplete: codes.length > 0 };
}

/** Whether enough cells are exact. A cell without a score does not count as exact. */
function reachesGoal(cells: readonly CellScore[], minExact: number | undefined, host: EvalHost): boolean {
  if (minExact === undefined) return true;
  const without = cells.length - scoredCells(cells).length;
  if (without > 0) host.writeError(`--min-exact fails: ${counted(without, "cell")} without a score.\n`);
  return without === 0 && exactPercent(cells) >= minExact;
}

async function readWantedSet({ set: name, flags }: EvalOrder, host: EvalHost): Promise<EvalSet> {
  const set = await readSet(name, host);
  if (flags.offline === undefined || flags.all !== undefined) return set;
  return { ...set, cells: set.cells.filter(({ needs }) => needs.length === 0) };
}

async function reportModels(runs: readonly EvalRun[], html: string | undefined, host: EvalHost): Promise<void> {
  const { formatModels, renderReport } = await import("../report/mod.ts");
  host.writeOutput(`\n${formatModels(runs)}`);
  if (html === undefined) return;
  writeFile(html, renderReport(runs), host);
  host.writeError(`Written: ${html}\n`);
}
