/**
 * The parts of the process that the evaluation uses.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";

export interface LogHost {
  /** Receives finished log lines. Default: they are written to stderr. */
  writeLog?: (line: string) => void;
}

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
