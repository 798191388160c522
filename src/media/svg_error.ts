/**
 * What is wrong with an SVG.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";

/** An SVG cannot be read or drawn. */
export class SvgError extends AIPythonError {
  /** The class's name. */
  readonly name = "SvgError";
}

/**
 * Refuses an SVG, or not.
 *
 * @throws {SvgError} with the reason, where it is refused
 */
export function refuse(isRefused: boolean, reason: string): void {
  if (isRefused) throw new SvgError(reason);
}
