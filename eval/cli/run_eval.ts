/**
 * Runs an evaluation: from the set to the files and the table.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { startOffline } from "../../src/cli/shell/offline.ts";
import { createStderrLogger } from "../../src/cli/stderr_logger.ts";
import { connectModel } from "../../src/model/connect_model.ts";
import { cruxevalSet } from "../cruxeval/cruxeval_set.ts";
import { askAll } from "../ask_all.ts";
import { EVAL_FORMAT, type EvalRun } from "../eval_run.ts";
import type { EvalCell, EvalSet } from "../eval_set.ts";
import { Journal, type RunIdentity } from "../journal.ts";
import { exactPercent, scoreAnswer, scoreRun } from "../score_run.ts";
import { takeSample } from "../take_sample.ts";
import type { EvalHost } from "./eval_host.ts";
import type { EvalOrder } from "./eval_order.ts";
import { Progress } from "./progress.ts";
import { readFile, writeFile } from "../files.ts";

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
  const out = flags.out ?? defaultOut(set.name, model);
  const journal = new Journal({
    path: `${out.replace(/\.json$/, "")}.answers.jsonl`,
    identity: identityOf({ model, server, set, cells, settings, numbers }),
    fresh: flags.fresh !== undefined,
    retry: flags.retry !== undefined,
    host,
  });
  const remaining = cells.filter(({ name }) => !journal.answers.has(name));
  if (remaining.length < cells.length) {
    const kept = `${cells.length - remaining.length} of ${cells.length} cells were answered in a run that began at`;
    host.writeError(`${kept} ${journal.startedAt}: going on. --fresh begins anew.\n`);
  }
  const result = (): EvalRun => ({
    format: EVAL_FORMAT,
    model,
    server,
    startedAt: journal.startedAt,
    set: set.name,
    cellsInSet: set.cells.length,
    ...(numbers.sample !== undefined && { sample: { size: numbers.sample, seed: numbers.seed } }),
    cells: scoreRun(cells, journal.answers),
  });
  try {
    if (remaining.length > 0) await ask(remaining, result(), journal, { order, secrets, host, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    host.writeError(`Stopped after ${journal.answers.size} of ${cells.length} cells: the same command goes on.\n`);
  } finally {
    if (journal.answers.size > 0) await report(result(), { out, html: flags.html, host });
  }
  return exactPercent(result().cells) < (numbers.minExact ?? 0) ? 1 : 0;
}

async function readSet({ path, flags }: EvalOrder, host: EvalHost): Promise<EvalSet> {
  const set = path === undefined
    ? (await import("../golden/golden_set.ts")).goldenSet()
    : cruxevalSet(readFile(path, host), path);
  if (flags.offline === undefined || flags.all !== undefined) return set;
  return { ...set, cells: set.cells.filter(({ needs }) => needs.length === 0) };
}

function defaultOut(set: string, model: string): string {
  const name = `${set}-${model}`.replace(/[^\w.-]+/g, "_");
  return fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
}

/** Everything that a run depends on; a journal is continued only if all of it is the same. */
function identityOf({ model, server, set, cells, settings, numbers }: {
  model: string;
  server: string;
  set: EvalSet;
  cells: readonly EvalCell[];
  settings: EvalOrder["settings"];
  numbers: EvalOrder["numbers"];
}): RunIdentity {
  const { reasoning, toolMode, maxHistoryLength, includeOutputs } = settings;
  const asked = cells.map(({ name, code, executionCount, history }) => [name, code, executionCount, history]);
  const { sample, seed, cellTimeout } = numbers;
  return {
    set: set.name,
    model,
    server,
    ...(sample !== undefined && { sample, seed }),
    cells: cells.length,
    digest: createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 12),
    reasoning,
    toolMode,
    maxHistoryLength,
    includeOutputs,
    cellTimeout,
  };
}

async function ask(
  remaining: readonly EvalCell[],
  earlier: EvalRun,
  journal: Journal,
  { order, secrets, host, signal }: {
    order: EvalOrder;
    secrets: readonly string[];
    host: EvalHost;
    signal: AbortSignal;
  },
): Promise<void> {
  const { flags, numbers, settings } = order;
  const { reasoning, toolMode, maxHistoryLength, includeOutputs, maxTokensPerSession, logLevel, logFormat } = settings;
  const offline = flags.offline === undefined ? undefined : await startOffline(signal);
  const progress = new Progress(host, remaining.length + earlier.cells.length, earlier.cells);
  const logger = createStderrLogger({
    level: logLevel,
    format: logFormat,
    secrets,
    write: (line) => progress.write(line),
    clock: host.clock,
  });
  const cellOf = new Map(remaining.map((cell) => [cell.name, cell]));
  try {
    await askAll(remaining, {
      model: await connectModel({ ...settings, ...offline?.settings }, logger, signal),
      reasoning,
      toolMode,
      maxHistoryLength,
      includeOutputs,
      maxTokensPerSession,
      logger,
      cellTimeoutMs: numbers.cellTimeout * 1000,
      concurrency: numbers.concurrency ?? (offline === undefined ? CONCURRENCY : 1),
      runId: `eval-${crypto.randomUUID()}`,
      onAnswer(answer) {
        journal.add(answer);
        progress.add(scoreAnswer(cellOf.get(answer.name)!, answer));
      },
    }, signal);
  } finally {
    progress.end();
    await offline?.[Symbol.asyncDispose]();
  }
}

async function report(
  run: EvalRun,
  { out, html, host }: { out: string; html?: string; host: EvalHost },
): Promise<void> {
  writeFile(out, `${JSON.stringify(run, null, 1)}\n`, host);
  const { formatSummary, renderReport } = await import("../report/mod.ts");
  host.writeOutput(formatSummary(run));
  if (html !== undefined) writeFile(html, renderReport([run]), host);
  host.writeError(`Written: ${[out, html].filter((path) => path !== undefined).join(", ")}\n`);
}
