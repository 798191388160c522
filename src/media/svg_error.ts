/**
 * The error for SVGs that cannot be read or drawn.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";

export class SvgError extends AIPythonError {
  readonly name = "SvgError";
}

/** Throws an {@linkcode SvgError} with the reason if the SVG is refused. */
export function refuse(isRefused: boolean, reason: string): void {
  if (isRefused) throw new SvgError(reason);
}
