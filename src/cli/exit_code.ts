/**
 * The table of exit codes. Help shows it, and errors and signals are mapped to codes with it.
 *
 * @module
 */

import { ConfigurationError, DisplacedError, LogReplacedError, RefusedError, SyncUnreachableError } from "../errors.ts";
import type { StopSignal } from "./host/stop_signal.ts";

/** An exit code with its meaning, and the error or signal that causes it. */
export interface ExitCode {
  code: number;
  /** Its meaning, for help. */
  meaning: string;
  /** The class of the errors that cause it. */
  // deno-lint-ignore no-explicit-any -- used with `instanceof` only, so that the constructor's parameters do not matter
  error?: new (...args: any[]) => Error;
  /** The signal that causes it. The code is 128 plus the signal's number, as in shells. */
  signal?: StopSignal;
}

/** The exit code of errors that have no other one in the table. */
export const failure: ExitCode = { code: 1, meaning: "failed" };

/** All exit codes, in ascending order. */
export const exitCodes: readonly ExitCode[] = [
  { code: 0, meaning: "done" },
  failure,
  { code: 2, meaning: "wrong usage or configuration", error: ConfigurationError },
  { code: 3, meaning: "a server refused the token or the API key", error: RefusedError },
  { code: 4, meaning: "displaced: another runtime took over, or the session was ended", error: DisplacedError },
  { code: 5, meaning: "the notebook's server could not be reached at the start", error: SyncUnreachableError },
  { code: 6, meaning: "the notebook's server came back with another log; start again", error: LogReplacedError },
  { code: 129, meaning: "hung up (SIGHUP, the terminal was closed)", signal: "SIGHUP" },
  { code: 130, meaning: "interrupted (SIGINT, Ctrl-C)", signal: "SIGINT" },
  {
    code: 141,
    meaning: "stdout can no longer be written (SIGPIPE)",
    signal: "SIGPIPE",
  },
  { code: 143, meaning: "terminated (SIGTERM)", signal: "SIGTERM" },
];

export function exitCodeOfError(error: unknown): number {
  return (exitCodes.find((exit) => exit.error !== undefined && error instanceof exit.error) ?? failure).code;
}

export function exitCodeOfSignal(signal: StopSignal): number {
  return (exitCodes.find((exit) => exit.signal === signal) ?? failure).code;
}
