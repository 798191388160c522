/**
 * `aipython check` as a process, and what it has found.
 *
 * @module
 */

import type { CheckName, CheckStatus } from "../../../src/check/check_result.ts";
import { type ProcessResult, runToEnd } from "../command_process.ts";

/** A key that no server of ours knows, and that must never be seen. */
export const apiKey = "sk-very-secret-key-0123456789";

/** A check in the form that `--json` reports. */
export interface ReportedCheck {
  name: CheckName;
  status: CheckStatus;
  message: string;
  remedy?: string;
  // deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
  details: any;
}

/** The findings of `aipython check --json`. */
export interface CheckReport {
  /** The exit code. */
  code: number;
  /** The object that it printed. */
  report: { ok: boolean; exitCode: number; checks: ReportedCheck[] };
  /** The checks by name. */
  checks: Record<CheckName, ReportedCheck>;
  /** The states of all checks, in order: `settings ok, model-server ok`. */
  states: string;
  /** All that was written. */
  written: string;
}

/** Runs the checks for a program. */
export async function checkAsJson(
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<CheckReport> {
  const { code, stdout, stderr } = await runToEnd(["check", "--json", ...args], { environment });
  const report: CheckReport["report"] = JSON.parse(stdout);
  const checks = Object.fromEntries(report.checks.map((check) => [check.name, check])) as CheckReport["checks"];
  const states = report.checks.map(({ name, status }) => `${name} ${status}`).join(", ");
  return { code, report, checks, states, written: stdout + stderr };
}

/** Runs the checks for a person. */
export function checkAsText(environment: Record<string, string>, args: readonly string[] = []): Promise<ProcessResult> {
  return runToEnd(["check", ...args], { environment });
}
