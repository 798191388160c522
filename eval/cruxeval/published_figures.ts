/**
 * The results published by the authors of CRUXEval: how often models predict the output of its functions
 * (CRUXEval-O).
 *
 * From the table in README.md of https://github.com/facebookresearch/cruxeval at commit 10d71b4ca99f2b6624bef9533ade5a0594ab7716, read on
 * 29 November 2026. The paper is Gu et al., "CRUXEval: A Benchmark for Code Reasoning, Understanding and Execution", January 2024
 * (https://arxiv.org/abs/2401.03065).
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Benchmark } from "../eval_run.ts";
import type { EvalCell } from "../eval_set.ts";

export const CRUXEVAL_O: Benchmark = "CRUXEval-O";

export const PUBLISHED_SOURCE = "Gu et al. 2024, README.md of facebookresearch/cruxeval at 10d71b4";

export interface PublishedFigure {
  /** The model's name in the table; `+cot` is with chain of thought. */
  model: string;
  /** pass@1: the percentage of correct answers. */
  passAt1: number;
}

/** The figures, the best first. */
export const publishedFigures: readonly PublishedFigure[] = Object.entries({
  "gpt-4-0613+cot": 77.1,
  "gpt-4-0613": 68.7,
  "gpt-3.5-turbo-0613+cot": 59,
  "deepseek-instruct-33b": 49.9,
  "gpt-3.5-turbo-0613": 49.4,
  "deepseek-base-33b": 48.6,
  "codetulu-2-34b": 45.8,
  "magicoder-ds-7b": 44.4,
  "codellama-34b+cot": 43.6,
  "deepseek-base-6.7b": 43.5,
  "wizard-34b": 43.4,
  "codellama-34b": 42.4,
  "codellama-python-34b": 41.4,
  "wizard-13b": 41.3,
  "deepseek-instruct-6.7b": 41.2,
  "mixtral-8x7b": 40.5,
  "codellama-python-13b": 39.8,
  "codellama-13b": 39.7,
  "phind": 39.7,
  "codellama-13b+cot": 36,
  "codellama-python-7b": 35.9,
  "mistral-7b": 34.3,
  "codellama-7b": 34.2,
  "starcoderbase-16b": 34.2,
  "phi-2": 33.5,
  "starcoderbase-7b": 32.2,
  "deepseek-base-1.3b": 31,
  "codellama-7b+cot": 29.9,
  "deepseek-instruct-1.3b": 28.7,
  "phi-1.5": 27.5,
  "phi-1": 21.7,
}).map(([model, passAt1]) => ({ model, passAt1 }));

/** The beginning of the SHA-256 of all 800 rows, each as the JSON of its id, its cell and its output. */
const DIGEST = "8d668a01a672f9e1";

/**
 * Whether a set is CRUXEval itself, so that the published figures are about the same cells. Other files may have the
 * same format.
 */
export function isCruxeval(cells: readonly EvalCell[]): boolean {
  const rows = cells.map(({ name, code, accepted }) => JSON.stringify([name, code, accepted.at(-1)!.result]));
  return createHash("sha256").update(rows.join("\n")).digest("hex").slice(0, DIGEST.length) === DIGEST;
}
