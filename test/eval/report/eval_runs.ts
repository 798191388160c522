/**
 * Made-up runs of an evaluation.
 *
 * @module
 */

import { type CellScore, EVAL_FORMAT, type EvalRun, type Shown } from "../../../eval/eval_run.ts";

/** Makes the outputs of a cell. Default: none. */
export function shown(what: Partial<Shown> = {}): Shown {
  return { stdout: "", stderr: "", displays: [], ...what };
}

/** Makes a cell that is exact and took 100 ms and one request: 1,000 tokens in, 800 of them cached, and 20 out. */
export function exactCell(name: string, changes: Partial<CellScore> = {}): CellScore {
  return {
    name,
    kind: "print",
    needs: [],
    code: `print("${name}")`,
    expected: shown({ stdout: `${name}\n` }),
    actual: shown({ stdout: `${name}\n` }),
    parts: { stdout: "exact" },
    match: "exact",
    firstOutputMs: 40,
    durationMs: 100,
    usage: { requests: 1, input: 1000, cachedInput: 800, output: 20 },
    ...changes,
  };
}

/** Makes a cell that printed something else. */
export function wrongCell(name: string, changes: Partial<CellScore> = {}): CellScore {
  return exactCell(name, {
    actual: shown({ stdout: "else\n" }),
    parts: { stdout: "wrong" },
    match: "wrong",
    ...changes,
  });
}

/** Makes a cell whose model answered too late. */
export function lateCell(name: string): CellScore {
  const failure = "no answer within 60 s";
  return wrongCell(name, {
    actual: shown(),
    failure,
    failureKind: "late",
    firstOutputMs: undefined,
    durationMs: 60_000,
  });
}

/** Makes a run of these cells, which are the whole set. */
export function evalRun(cells: CellScore[], changes: Partial<EvalRun> = {}): EvalRun {
  return {
    format: EVAL_FORMAT,
    model: "gpt-4o-mini",
    server: "api.openai.com",
    startedAt: "2026-11-20T14:03:27.123Z",
    set: "golden",
    cellsInSet: cells.length,
    cells,
    ...changes,
  };
}
