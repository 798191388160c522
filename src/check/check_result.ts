/**
 * The result of a check: whether something works, and how to fix it if not.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";
import type { JsonValue } from "../media/json_value.ts";

/** The checks, in the order of their results. Scripts rely on these names. */
export const checkNames = [
  "settings",
  "model-server",
  "api-key",
  "model",
  "exchange",
  "history",
  "sync-server",
  "token",
  "notebook",
  "runtime",
] as const;

export type CheckName = typeof checkNames[number];

/** Facts for programs. */
export type CheckDetails = { [name: string]: JsonValue };

/** The fields of every result. */
interface Finding {
  name: CheckName;
  /** The finding, without a full stop. */
  message: string;
  /** The steps to fix it, one per line. Absent if there is nothing to do. */
  remedy?: string;
  details: CheckDetails;
}

export type CheckResult =
  /** It works, it works with a reservation, or it was not checked because another check failed. */
  | Finding & { status: "ok" | "warn" | "skip" }
  /** It does not work. The failure's class decides the exit code. */
  | Finding & { status: "fail"; failure: Error };

export type CheckStatus = CheckResult["status"];

/** A check has failed for a reason without a more specific class. */
export class CheckFailedError extends AIPythonError {
  readonly name = "CheckFailedError";
}

/** Makes the result of a check that passed. */
export function ok(name: CheckName, message: string, details: CheckDetails = {}): CheckResult {
  return { name, status: "ok", message, details };
}

/** Makes the result of a check that passed with a reservation. */
export function warn(name: CheckName, message: string, remedy: string, details: CheckDetails = {}): CheckResult {
  return { name, status: "warn", message, remedy, details };
}

/** Makes the result of a check that did not run. */
export function skip(name: CheckName, reason: string): CheckResult {
  return { name, status: "skip", message: `not checked: ${reason}`, details: {} };
}

/** Makes the results of checks that did not run, all for the same reason. */
export function* skipAll(names: readonly CheckName[], reason: string): Generator<CheckResult> {
  for (const name of names) yield skip(name, reason);
}

/** Makes the result of a check that failed. */
export function fail(name: CheckName, failure: Error, remedy: string, details: CheckDetails = {}): CheckResult {
  return { name, status: "fail", message: failure.message, remedy, details, failure };
}
