/**
 * The process, as the evaluation sees it.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";

/** The process that the command runs in. */
export type EvalHost = Pick<
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
>;
