/**
 * Summarizes the checks: which parts of the program will work.
 *
 * @module
 */

import type { CheckResult } from "./check_result.ts";

/**
 * Says in one sentence which parts of the program will work.
 *
 * @param shellIsSet whether the settings of the commands without a notebook are valid
 */
export function summarizeChecks(results: readonly CheckResult[], shellIsSet: boolean): string {
  if (results.every(({ status }) => status !== "fail")) {
    return `aipython will work${results.some(({ status }) => status === "warn") ? ": see the warnings" : ""}.`;
  }
  const exchange = results.find(({ name }) => name === "exchange")?.status;
  const modelWorks = exchange === "ok" || exchange === "warn";
  return modelWorks && shellIsSet
    ? "aipython run and aipython repl need only the model: they will work. Attaching to a notebook will not."
    : "Cells cannot be run yet, neither in a notebook nor with aipython run or aipython repl.";
}
