/**
 * The parts of the process that the evaluation uses.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";

/** The destination of log lines. */
export interface LogHost {
  /** Receives finished log lines. Default: they are written to stderr. */
  writeLog?: (line: string) => void;
}

/** The process that the command runs in. */
export type EvalHost =
  & LogHost
  & Pick<
    CommandHost,
    | "environment"
    | "environmentNames"
    | "readFile"
    | "writeFile"
    | "writeOutput"
    | "writeError"
    | "isTerminal"
    | "columns"
    | "terminal"
    | "clock"
    | "onStopSignal"
    | "onUncaught"
  >;
