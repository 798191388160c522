/**
 * Defines the error for SVGs that cannot be read or drawn.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";

/** An SVG that cannot be read or drawn. */
export class SvgError extends AIPythonError {
  /** The class's name. */
  readonly name = "SvgError";
}

/**
 * Throws if an SVG is to be rejected.
 *
 * @param isRefused whether to reject the SVG
 * @param reason the message of the error
 * @throws {SvgError} `isRefused` is true
 */
export function refuse(isRefused: boolean, reason: string): void {
  if (isRefused) throw new SvgError(reason);
}
