/**
 * Evaluates one model: opens its runs, asks for what is missing, and writes its results.
 *
 * @module
 */

import { startOffline } from "../../src/cli/shell/offline.ts";
import { createStderrLogger } from "../../src/cli/stderr_logger.ts";
import { pickCellSettings } from "../../src/execution/cell_settings.ts";
import { AIPythonError } from "../../src/errors.ts";
import { connectModel } from "../../src/model/connect_model.ts";
import { askAll, type Question } from "../ask_all.ts";
import { estimateCost } from "../cost/estimate_cost.ts";
import type { PlannedCost } from "../cost/require_consent.ts";
import type { EvalRun } from "../eval_run.ts";
import type { EvalCell, EvalSet } from "../eval_set.ts";
import { writeFile } from "../files.ts";
import { repeatCells } from "../repeat_cells.ts";
import { scoreAnswer, scoredCells } from "../score_run.ts";
import type { EvalHost } from "./eval_host.ts";
import type { AskedModel, EvalOrder } from "./eval_order.ts";
import { type OpenRun, openRuns, outOf, remainingQuestions } from "./open_runs.ts";
import { Progress } from "./progress.ts";

/** Cells at a time: about as many as providers allow a new account. The offline model has one Python, so it is asked for one at a time. */
const CONCURRENCY = 4;

interface Subject {
  order: EvalOrder;
  set: EvalSet;
  /** The cells of the set that are asked for, without repetitions. */
  cells: readonly EvalCell[];
  model: AskedModel;
  /** Secrets that logs must not show. */
  secrets: readonly string[];
  host: EvalHost;
}

/** The evaluation of one model: one run, or one for each prompt that is compared. */
export class ModelEvaluation {
  readonly name: string;
  readonly #subject: Subject;
  readonly #runs: readonly OpenRun[];
  /** The cells with their repetitions. */
  readonly #cells: readonly EvalCell[];

  private constructor(subject: Subject, runs: readonly OpenRun[]) {
    this.name = subject.model.name;
    this.#subject = subject;
    this.#runs = runs;
    this.#cells = repeatCells(subject.cells, subject.order.numbers.repeat);
  }

  /**
   * Opens the runs, with the answers that earlier ones have kept.
   *
   * @throws {ConfigurationError} a file holds another run
   */
  static async open(subject: Subject): Promise<ModelEvaluation> {
    const { order, set, cells, model: { name: model, price }, host } = subject;
    const { flags, numbers: { repeat }, settings } = order;
    const server = flags.offline === undefined ? new URL(settings.baseUrl).host : "offline";
    const out = outOf(order, set.name, model);
    return new ModelEvaluation(subject, await openRuns({ set, cells, repeat, model, server, price, out }, order, host));
  }

  /** The estimated cost of the missing answers; `undefined` if no answers are missing or they cost nothing. */
  get plannedCost(): PlannedCost | undefined {
    const { order: { flags, settings }, model: { name, price } } = this.#subject;
    const questions = this.#remaining;
    if (questions.length === 0 || flags.offline !== undefined) return undefined;
    return { model: name, estimate: estimateCost(questions, settings), price };
  }

  /** Reports how many answers an earlier run has kept. */
  reportKept(): void {
    const { order: { models }, host } = this.#subject;
    const answered = this.#answered;
    if (answered === 0) return;
    const kept = this.#runs.length === 1
      ? `${answered} of ${this.#wanted} cells were answered`
      : `${answered} of ${this.#wanted} answers were given`;
    const name = models.length === 1 ? "" : `${this.name}: `;
    const { startedAt } = this.#runs[0].journal;
    host.writeError(`${name}${kept} in a run that began at ${startedAt}: continuing. --fresh starts again.\n`);
  }

  /**
   * Asks for the missing answers, and writes the results of all answers.
   *
   * @param signal stops the evaluation; the answers so far are kept
   * @throws {ModelError} the model failed cell after cell, or the cost limit is reached
   * @throws {RefusedError} the model server refused the API key
   */
  async ask(signal: AbortSignal): Promise<void> {
    const { host } = this.#subject;
    const remaining = this.#remaining;
    for (const { journal } of this.#runs) journal.begin();
    try {
      if (remaining.length > 0) await this.#askFor(remaining, signal);
    } catch (error) {
      if (!signal.aborted && !(error instanceof AIPythonError)) throw error;
      const unit = this.#runs.length === 1 ? "cells" : "answers";
      const scored = this.#runs.reduce((sum, run) => sum + scoredCells(run.result().cells).length, 0);
      host.writeError(`Stopped after ${scored} of ${this.#wanted} ${unit}: the same command continues.\n`);
      if (!signal.aborted) throw error;
    } finally {
      if (this.#answered > 0) await this.#report();
    }
  }

  /** Returns the scores of the first run. */
  result(): EvalRun {
    return this.#runs[0].result();
  }

  get #remaining(): Question[] {
    return remainingQuestions(this.#cells, this.#runs);
  }

  /** The number of kept answers that belong to this run. An earlier run with more repetitions may have left others. */
  get #answered(): number {
    return this.#runs.reduce((sum, run) => sum + run.result().cells.length, 0);
  }

  get #wanted(): number {
    return this.#cells.length * this.#runs.length;
  }

  async #askFor(remaining: readonly Question[], signal: AbortSignal): Promise<void> {
    const { order: { flags, numbers, settings }, model: { name: model, price }, secrets, host } = this.#subject;
    const { maxTokensPerSession, maxCostPerSession, logLevel, logFormat } = settings;
    // The offline model must not know the parts that a request leaves out.
    const forgetful = remaining.some(({ cell }) => cell.dependsOn !== undefined);
    const offline = flags.offline === undefined ? undefined : await startOffline(signal, { forgetful });
    const earlier = this.#runs.flatMap((run) => run.result().cells);
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
        model: await connectModel({ ...settings, model, ...offline?.settings }, logger, signal),
        ...pickCellSettings(settings),
        limits: { maxTokensPerSession, maxCostPerSession },
        price,
        logger,
        cellTimeoutMs: numbers.cellTimeout * 1000,
        concurrency: numbers.concurrency ?? (offline === undefined ? CONCURRENCY : 1),
        runId: `eval-${crypto.randomUUID()}`,
        onAnswer: (answer, prompt) => {
          const { journal, letter } = this.#runs.find((run) => run.prompt === prompt)!;
          journal.add(answer);
          progress.add(scoreAnswer(cellOf.get(answer.name)!, answer), letter);
        },
      }, signal);
    } finally {
      progress.end();
      await offline?.[Symbol.asyncDispose]();
    }
  }

  async #report(): Promise<void> {
    const { order: { flags, models }, host } = this.#subject;
    const results = this.#runs.map((run) => this.#withEstimate(run));
    for (const [index, { out }] of this.#runs.entries()) {
      writeFile(out, `${JSON.stringify(results[index], null, 1)}\n`, host);
    }
    const { formatComparison, formatSummary, renderReport } = await import("../report/mod.ts");
    const [a, b] = results;
    host.writeOutput(b === undefined ? formatSummary(a) : formatComparison(a, b));
    const html = models.length === 1 ? flags.html : undefined;
    if (html !== undefined) writeFile(html, renderReport(results), host);
    const written = [...this.#runs.map(({ out }) => out), html].filter((path) => path !== undefined);
    host.writeError(`Written: ${written.join(", ")}\n`);
  }

  /** Scores a run, with the estimated cost of its answers. */
  #withEstimate({ prompt, result }: OpenRun): EvalRun {
    const { flags, settings } = this.#subject.order;
    const run = result();
    if (flags.offline !== undefined) return run;
    const answered = new Set(run.cells.map(({ name }) => name));
    const questions = this.#cells.filter(({ name }) => answered.has(name)).map((cell) => ({ cell, prompts: [prompt] }));
    const { cells, ...facts } = run;
    return { ...facts, estimate: estimateCost(questions, settings), cells };
  }
}
