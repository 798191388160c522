/**
 * What a check has found: whether something works, and how to mend it if not.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";
import type { JsonValue } from "../media/json_value.ts";

/** The checks, in the order in which they are told. Scripts rely on these names. */
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

/** The name of a check. */
export type CheckName = typeof checkNames[number];

/** Facts for programs. */
export type CheckDetails = { [name: string]: JsonValue };

/** What every result has. */
interface Finding {
  /** The check. */
  name: CheckName;
  /** What was found, without a full stop. */
  message: string;
  /** How to mend it; a line for each thing to do. Present where something should be done. */
  remedy?: string;
  /** Facts for programs. */
  details: CheckDetails;
}

/** What a check has found. */
export type CheckResult =
  /** It works; it works with a reservation; or it was not checked because of something else. */
  | Finding & { status: "ok" | "warn" | "skip" }
  /** It does not work. The failure's class decides the exit code. */
  | Finding & { status: "fail"; failure: Error };

/** The state of a check. */
export type CheckStatus = CheckResult["status"];

/** A check has failed for a reason that has no class of its own. */
export class CheckFailedError extends AIPythonError {
  /** The class's name. */
  readonly name = "CheckFailedError";
}

/** It works. */
export function ok(name: CheckName, message: string, details: CheckDetails = {}): CheckResult {
  return { name, status: "ok", message, details };
}

/** It works, but somebody should look at it. */
export function warn(name: CheckName, message: string, remedy: string, details: CheckDetails = {}): CheckResult {
  return { name, status: "warn", message, remedy, details };
}

/** It was not checked. */
export function skip(name: CheckName, reason: string): CheckResult {
  return { name, status: "skip", message: `not checked: ${reason}`, details: {} };
}

/** None of them was checked, for the same reason. */
export function* skipAll(names: readonly CheckName[], reason: string): Generator<CheckResult> {
  for (const name of names) yield skip(name, reason);
}

/** It does not work. */
export function fail(name: CheckName, failure: Error, remedy: string, details: CheckDetails = {}): CheckResult {
  return { name, status: "fail", message: failure.message, remedy, details, failure };
}
