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
import { repeatCells } from "../repeat_cells.ts";
import { scoreRun } from "../score_run.ts";
import type { EvalHost } from "./eval_host.ts";
import type { EvalOrder } from "./eval_order.ts";

export interface OpenRun {
  /** `a` or `b`; absent for a single run. */
  letter?: string;
  prompt: EvalPrompt;
  /** The path of the run's JSON. */
  out: string;
  journal: Journal;
  /** Scores the answers so far. */
  result(): EvalRun;
}

export interface RunSubject {
  set: EvalSet;
  /** The cells of the set that are asked for, without repetitions. */
  cells: readonly EvalCell[];
  /** How many times each cell is asked for. */
  repeat: number;
  /** The path of the JSON. A comparison of prompts writes a file for each, such as `out.a.json` for `out.json`. */
  out: string;
  model: string;
  /** The host of the model's server. */
  server: string;
  /** Default: unknown. */
  price?: Price;
}

/**
 * Opens the runs, with the answers that earlier ones have kept.
 *
 * @throws {ConfigurationError} a file holds another run
 */
export async function openRuns(subject: RunSubject, order: EvalOrder, host: EvalHost): Promise<OpenRun[]> {
  const { prompts } = order;
  const { out } = subject;
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
  { set, cells, repeat, model, server, price }: Omit<RunSubject, "out">,
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
    ...(repeat > 1 && { repeat }),
    ...(set.benchmark !== undefined && { benchmark: set.benchmark }),
    ...(facts !== undefined && { prompt: facts }),
    ...(price !== undefined && { price }),
    cells: scoreRun(repeatCells(cells, repeat), journal.answers),
  });
  return { ...(letter !== undefined && { letter }), prompt, out, journal, result };
}

/** Lists the questions without an answer. The runs take turns in asking first for a cell. */
export function remainingQuestions(cells: readonly EvalCell[], runs: readonly OpenRun[]): Question[] {
  return cells.flatMap((cell, index) => {
    const turn = index % runs.length;
    const prompts = [...runs.slice(turn), ...runs.slice(0, turn)]
      .filter(({ journal }) => !journal.answers.has(cell.name))
      .map(({ prompt }) => prompt);
    return prompts.length === 0 ? [] : [{ cell, prompts }];
  });
}

/** Returns the path for the JSON of a model. */
export function outOf({ flags, models }: EvalOrder, set: string, model: string): string {
  const safe = (name: string) => name.replace(/[^\w.-]+/g, "_");
  if (flags.out === undefined) {
    return fileURLToPath(new URL(`../results/${safe(`${set}-${model}`)}.json`, import.meta.url));
  }
  return models.length === 1 ? flags.out : `${flags.out.replace(/\.json$/, "")}.${safe(model)}.json`;
}

/**
 * Describes everything that a run depends on. A journal is continued only if all of it is the same. The number of
 * repetitions is not part of it, so a run with more repetitions continues the journal.
 */
function identityOf(
  { model, server, set, cells }: Pick<RunSubject, "model" | "server" | "set" | "cells">,
  order: EvalOrder,
  prompt: EvalPrompt,
): RunIdentity {
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
