/**
 * Recognizes a command that was installed from a checkout without the checkout's `deno.json`. Deno cannot resolve its packages then, and
 * the first import of one fails.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";

/** Deno's messages about a package that is not in the import map. */
const UNKNOWN_PACKAGE = /^(?:Import "[^"]+" not a dependency|Relative import path "[^"]+" not prefixed)/;

/** The command was installed without its `deno.json`. */
export class IncompleteInstallationError extends AIPythonError {
  readonly name = "IncompleteInstallationError";

  constructor(cause: unknown) {
    super(
      "this command cannot find its packages, because it was installed without the deno.json of its checkout; install it again from " +
        "the checkout, as its docs/install.md says: deno install --global --force --config deno.json ... bin/aipython.ts",
      { cause },
    );
  }
}

/** Wraps an error that an incomplete installation caused; returns any other error unchanged. */
export function explainInstallation(error: unknown): unknown {
  return error instanceof TypeError && UNKNOWN_PACKAGE.test(error.message)
    ? new IncompleteInstallationError(error)
    : error;
}
