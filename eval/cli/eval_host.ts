/**
 * The process, as the evaluation sees it.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";

/** Where log lines go. */
export interface LogHost {
  /** Takes finished log lines. Default: they are written as everything else on stderr. */
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
