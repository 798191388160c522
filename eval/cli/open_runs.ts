/**
 * Opens the runs of an evaluation: one, or one for each prompt that is compared.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type CellSettings, pickCellSettings } from "../../src/execution/cell_settings.ts";
import type { Price } from "../../src/execution/price.ts";
import type { Question } from "../ask_all.ts";
import { EVAL_FORMAT, type EvalRun } from "../eval_run.ts";
import type { EvalCell, EvalSet } from "../eval_set.ts";
import { Journal, type RunIdentity } from "../journal.ts";
import { builtInPrompt, digestOf, type EvalPrompt, promptFacts } from "../prompt/eval_prompt.ts";
import { scoreRun } from "../score_run.ts";
import type { EvalHost } from "./eval_host.ts";
import type { EvalOrder } from "./eval_order.ts";

/** A run that is open. */
export interface OpenRun {
  /** `a` or `b`; absent for a run alone. */
  letter?: string;
  /** Its system prompt. */
  prompt: EvalPrompt;
  /** Where its JSON goes. */
  out: string;
  /** Its answers. */
  journal: Journal;
  /** Scores what has been answered so far. */
  result(): EvalRun;
}

/** What is asked, and whom. */
export interface RunSubject {
  /** The set. */
  set: EvalSet;
  /** The cells of it that are asked for. */
  cells: readonly EvalCell[];
  /** The model's name. */
  model: string;
  /** The host of its server. */
  server: string;
  /** What its tokens cost. Default: not known. */
  price?: Price;
}

/**
 * Opens the runs, with the answers that earlier ones have kept.
 *
 * @param subject what is asked, and whom
 * @param order what was asked for
 * @param host files and the time
 * @throws {ConfigurationError} a file holds another run
 */
export async function openRuns(subject: RunSubject, order: EvalOrder, host: EvalHost): Promise<OpenRun[]> {
  const { flags, prompts } = order;
  const out = flags.out ?? defaultOut(subject.set.name, subject.model);
  if (prompts.length === 0) return [openRun(subject, order, { prompt: builtInPrompt, out }, host)];
  const runs: OpenRun[] = [];
  for (const [index, prompt] of prompts.entries()) {
    const letter = "ab"[index];
    const facts = await promptFacts(prompt);
    const run = { letter, prompt, facts, out: `${out.replace(/\.json$/, "")}.${letter}.json` };
    runs.push(openRun(subject, order, run, host));
  }
  return runs;
}

function openRun(
  { set, cells, model, server, price }: RunSubject,
  order: EvalOrder,
  { letter, prompt, facts, out }: Pick<OpenRun, "letter" | "prompt" | "out"> & { facts?: EvalRun["prompt"] },
  host: EvalHost,
): OpenRun {
  const { flags, numbers: { sample, seed } } = order;
  const journal = new Journal({
    path: `${out.replace(/\.json$/, "")}.answers.jsonl`,
    identity: identityOf({ set, cells, model, server }, order, prompt),
    fresh: flags.fresh !== undefined,
    retry: flags.retry !== undefined,
    host,
  });
  const result = (): EvalRun => ({
    format: EVAL_FORMAT,
    model,
    server,
    startedAt: journal.startedAt,
    set: set.name,
    cellsInSet: set.cells.length,
    ...(sample !== undefined && { sample: { size: sample, seed } }),
    ...(facts !== undefined && { prompt: facts }),
    ...(price !== undefined && { price }),
    cells: scoreRun(cells, journal.answers),
  });
  return { ...(letter !== undefined && { letter }), prompt, out, journal, result };
}

/**
 * Lists what has not been answered. The runs take turns in being the first to ask for a cell.
 *
 * @param cells all cells
 * @param runs the runs
 */
export function remainingQuestions(cells: readonly EvalCell[], runs: readonly OpenRun[]): Question[] {
  return cells.flatMap((cell, index) => {
    const turn = index % runs.length;
    const prompts = [...runs.slice(turn), ...runs.slice(0, turn)]
      .filter(({ journal }) => !journal.answers.has(cell.name))
      .map(({ prompt }) => prompt);
    return prompts.length === 0 ? [] : [{ cell, prompts }];
  });
}

function defaultOut(set: string, model: string): string {
  const name = `${set}-${model}`.replace(/[^\w.-]+/g, "_");
  return fileURLToPath(new URL(`../results/${name}.json`, import.meta.url));
}

/** Everything that a run depends on; a journal is continued only if all of it is the same. */
function identityOf({ model, server, set, cells }: RunSubject, order: EvalOrder, prompt: EvalPrompt): RunIdentity {
  const { settings, numbers } = order;
  const asked = cells.map(({ name, code, executionCount, history }) => [name, code, executionCount, history]);
  const { sample, seed, cellTimeout } = numbers;
  return {
    set: set.name,
    model,
    server,
    ...(sample !== undefined && { sample, seed }),
    cells: cells.length,
    digest: createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 12),
    prompt: `${prompt.name} ${digestOf(prompt)}`,
    ...given(pickCellSettings(settings)),
    cellTimeout,
  };
}

function given(settings: CellSettings): RunIdentity {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
