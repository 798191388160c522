/**
 * What is shown of a cell that was interrupted.
 *
 * @module
 */

import type { ErrorOutput } from "./cell_output.ts";

/** What a person who interrupts a cell would see in IPython. */
export const INTERRUPTED: ErrorOutput = {
  type: "error",
  ename: "KeyboardInterrupt",
  evalue: "",
  traceback: ["KeyboardInterrupt: "],
};
