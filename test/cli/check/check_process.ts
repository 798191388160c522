/**
 * Runs `aipython check` as a process and parses its report.
 *
 * @module
 */

import type { CheckName, CheckStatus } from "../../../src/check/check_result.ts";
import { type ProcessResult, runToEnd } from "../command_process.ts";

/** A key that no test server knows. It must never appear in any output. */
export const apiKey = "sk-very-secret-key-0123456789";

/** A check as `--json` reports it. */
export interface ReportedCheck {
  name: CheckName;
  status: CheckStatus;
  message: string;
  remedy?: string;
  // deno-lint-ignore no-explicit-any -- a test reads the fields that it expects
  details: any;
}

/** The result of `aipython check --json`. */
export interface CheckReport {
  code: number;
  /** The JSON report on stdout. */
  report: { ok: boolean; exitCode: number; checks: ReportedCheck[] };
  /** The checks by name. */
  checks: Record<CheckName, ReportedCheck>;
  /** The states of all checks in order: `settings ok, model-server ok`. */
  states: string;
  /** All of stdout and stderr. */
  written: string;
}

/** Runs the checks and parses their JSON report. */
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

/** Runs the checks with text output. */
export function checkAsText(environment: Record<string, string>, args: readonly string[] = []): Promise<ProcessResult> {
  return runToEnd(["check", ...args], { environment });
}
