/**
 * Which cells leave a session, as in IPython.
 *
 * @module
 */

import { withoutPrompts } from "../python/cell_source.ts";

/** `exit` and `quit`: as names, calls with or without an exit code, or magics; a semicolon or a comment may follow. */
const LEAVING = /^%?(?:exit|quit)(?:[ \t]*\(\s*(None|True|False|[+-]?\d*)\s*\))?[ \t;]*(?:#.*)?$/;

/**
 * Tells whether a cell leaves.
 *
 * @param cell what was typed
 * @returns the exit code, 0 to 255; absent where the cell is one to run
 */
export function leavingCode(cell: string): number | undefined {
  const leaving = LEAVING.exec(withoutPrompts(cell).trim());
  if (leaving === null) return undefined;
  const [, code = ""] = leaving;
  if (code === "True") return 1;
  return code === "None" || code === "False" || code === "" ? 0 : byteOf(code);
}

/** What the operating system keeps of an exit code: its lowest byte. */
function byteOf(code: string): number {
  return /\d/.test(code) ? Number(BigInt.asUintN(8, BigInt(code.replace(/^\+/, "")))) : 0;
}
