/**
 * Recognizes a command that was installed from a checkout without the checkout's `deno.json`: its packages have no addresses then, and
 * the first import of one fails.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";

/** Deno's messages about a package that no settings name. */
const UNKNOWN_PACKAGE = /^(?:Import "[^"]+" not a dependency|Relative import path "[^"]+" not prefixed)/;

/** The command was installed without its settings. */
export class IncompleteInstallationError extends AIPythonError {
  /** The class's name. */
  readonly name = "IncompleteInstallationError";

  constructor(cause: unknown) {
    super(
      "this command was installed without the deno.json of its checkout, and does not find its packages; install it again, in the " +
        "checkout, with the line of its docs/install.md: deno install --global --force --config deno.json ... bin/aipython.ts",
      { cause },
    );
  }
}

/** Explains an error that an incomplete installation has caused; returns any other as it is. */
export function explainInstallation(error: unknown): unknown {
  return error instanceof TypeError && UNKNOWN_PACKAGE.test(error.message)
    ? new IncompleteInstallationError(error)
    : error;
}
