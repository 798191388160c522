/**
 * Which cells leave a session, as in IPython.
 *
 * @module
 */

import { cellDefinitions } from "../python/cell_definitions.ts";
import { withoutPrompts } from "../python/cell_source.ts";

/** `exit` and `quit`: as names, calls with or without an exit code, or magics; a semicolon or a comment may follow. */
const LEAVING = /^(%?)(exit|quit)(?:[ \t]*\(\s*(None|True|False|[+-]?\d*)\s*\))?[ \t;]*(?:#.*)?$/;

/** What leaves a session: `exit` and `quit`, until a cell gives these names another meaning. */
export class LeavingWords {
  readonly #redefined = new Set<string>();

  /** Learns from a cell that is run. */
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
   * Tells whether a cell leaves.
   *
   * @param cell what was typed
   * @returns the exit code, 0 to 255; absent where the cell is one to run
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

/** What the operating system keeps of an exit code: its lowest byte. */
function byteOf(code: string): number {
  return /\d/.test(code) ? Number(BigInt.asUintN(8, BigInt(code.replace(/^\+/, "")))) : 0;
}
