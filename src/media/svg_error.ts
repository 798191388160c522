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
