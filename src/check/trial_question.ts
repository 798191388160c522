/**
 * The cells that a check runs: one without earlier cells, and one whose answer is only in the outputs of earlier cells.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import type { HistoryEntry } from "../execution/history_entry.ts";
import type { CheckName } from "./check_result.ts";

/** A cell, and the result that IPython shows for it. */
export interface TrialQuestion {
  /** The check that runs the cell. */
  name: Extract<CheckName, "exchange" | "history">;
  code: string;
  /** The value that IPython shows for it. */
  result: string;
  /** The cells that ran before it. */
  history: readonly HistoryEntry[];
  /** The remedy for a wrong answer. */
  remedy: string;
}

/** The first cell. It is so simple that every model that can call tools answers it correctly. */
export const FIRST_QUESTION: TrialQuestion = {
  name: "exchange",
  code: "2 + 3",
  result: "5",
  history: [],
  remedy: "Outputs are the model's guess: choose a larger one if it is often wrong",
};

/** The number of possible codes. Four digits are one or two tokens. */
const CODES = 10_000;

/**
 * Makes a question about earlier cells: a checksum that no model can compute, which is in two outputs, and an exception after it.
 *
 * @param salt the text of the checksum; different for each check
 */
export function makeHistoryQuestion(salt: string): TrialQuestion {
  const code = String(crc32(salt) % CODES);
  const checksum = `import zlib\ncode = zlib.crc32(${
    JSON.stringify(salt)
  }.encode()) % ${CODES}\nprint("the code is", code)\ncode`;
  const traceback = [
    "---------------------------------------------------------------------------",
    "ZeroDivisionError                         Traceback (most recent call last)",
    "Cell In[2], line 1",
    "----> 1 1 / 0",
    "",
    "ZeroDivisionError: division by zero",
  ];
  return {
    name: "history",
    code: "code",
    result: code,
    history: [
      {
        executionCount: 1,
        code: checksum,
        outputs: [
          { type: "stream", name: "stdout", text: `the code is ${code}\n` },
          { type: "execute_result", data: { "text/plain": code } },
        ],
      },
      {
        executionCount: 2,
        code: "1 / 0",
        outputs: [{ type: "error", ename: "ZeroDivisionError", evalue: "division by zero", traceback }],
      },
    ],
    remedy: "The model does not see what earlier cells have shown, or does not use it: try --tool-mode text " +
      "(AIPYTHON_TOOL_MODE), or choose another model",
  };
}
