/**
 * Recognizes the cells that leave a session, as in IPython.
 *
 * @module
 */

import { cellDefinitions } from "../python/cell_definitions.ts";
import { withoutPrompts } from "../python/cell_source.ts";

/** `exit` and `quit` as names, as calls with or without an exit code, or as magics, optionally with a semicolon or a comment. */
const LEAVING = /^(%?)(exit|quit)(?:[ \t]*\(\s*(None|True|False|[+-]?\d*)\s*\))?[ \t;]*(?:#.*)?$/;

/** Recognizes `exit` and `quit`, unless a cell has given these names another meaning. */
export class ExitCommands {
  readonly #redefined = new Set<string>();

  /** Takes note of a cell that is run and may define or delete these names. */
  learn(cell: string): void {
    if (!/exit|quit/.test(cell)) return;
    for (const { names, kind } of cellDefinitions(cell)) {
      if (kind === "call" || kind === "state") continue;
      for (const name of names) {
        if (kind === "deletion") this.#redefined.delete(name);
        else this.#redefined.add(name);
      }
    }
  }

  /**
   * Returns the exit code if a cell leaves the session.
   *
   * @param cell the text at the prompt
   * @returns the exit code, 0 to 255; `undefined` if the text is a cell to run
   */
  codeOf(cell: string): number | undefined {
    const leaving = LEAVING.exec(withoutPrompts(cell).trim());
    if (leaving === null) return undefined;
    const [, percent, word, code = ""] = leaving;
    if (percent === "" && this.#redefined.has(word)) return undefined;
    if (code === "True") return 1;
    return code === "None" || code === "False" || code === "" ? 0 : byteOf(code);
  }
}

/** Returns the lowest byte of an exit code, which is all that the operating system keeps. */
function byteOf(code: string): number {
  return /\d/.test(code) ? Number(BigInt.asUintN(8, BigInt(code.replace(/^\+/, "")))) : 0;
}
