/**
 * Compares runs: `deno task eval --compare A.json B.json`.
 *
 * @module
 */

import type { ParsedFlags } from "../../src/cli/flags.ts";
import { ConfigurationError, type ConfigurationIssue } from "../../src/errors.ts";
import { EVAL_FORMAT, type EvalRun } from "../eval_run.ts";
import { evalFlags } from "./eval_flags.ts";
import type { EvalHost } from "./eval_host.ts";
import { readFile, writeFile } from "../files.ts";

/** The flags that may be combined with `--compare`. */
const allowed = new Set(["compare", "html"]);

/**
 * Compares two files by a paired test. More than two files, and runs that asked for each cell several times, are
 * compared in a table.
 *
 * @returns the exit code
 * @throws {ConfigurationError} the arguments are wrong, or a file is not what `--out` writes
 */
export async function compareFiles({ values, operands, issues }: ParsedFlags, host: EvalHost): Promise<number> {
  const wrong: ConfigurationIssue[] = [...issues];
  if (operands.length < 2) {
    wrong.push({ message: `--compare takes two files or more, not ${operands.length}: --compare A.json B.json` });
  }
  for (const name of Object.keys(values).filter((name) => !allowed.has(name))) {
    const flag = name in evalFlags ? evalFlags[name as keyof typeof evalFlags].flag : name;
    wrong.push({
      message: `--${flag} cannot be combined with --compare, which sends no requests: leave one of them out`,
    });
  }
  if (wrong.length > 0) throw new ConfigurationError(wrong);
  const runs = operands.map((path) => readRun(path, host));
  const { formatComparison, formatModels, renderReport } = await import("../report/mod.ts");
  const [a, b] = runs;
  // A paired test needs independent pairs. Several answers to one cell are not independent.
  const isPaired = runs.length === 2 && runs.every(({ repeat = 1 }) => repeat === 1);
  host.writeOutput(isPaired ? formatComparison(a, b) : formatModels(runs));
  if (values.html !== undefined) writeFile(values.html, renderReport(runs), host);
  return 0;
}

function readRun(path: string, host: EvalHost): EvalRun {
  const run = parse(readFile(path, host));
  if (run?.format === EVAL_FORMAT && Array.isArray(run.cells)) return run as EvalRun;
  throw new ConfigurationError([{
    message: `${path} is not the JSON of an evaluation (format ${EVAL_FORMAT}): expected a file that --out has written`,
  }]);
}

function parse(text: string): Partial<EvalRun> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
