/**
 * Wrong or missing options.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/** One thing that is wrong with the settings. */
export interface ConfigurationIssue {
  /** The option's name in {@linkcode AIPythonAgentOptions}: `authToken`; absent where no option fits, as for an unknown flag. */
  option?: string;
  /** What is wrong and how to mend it, naming the flag and the environment variable. */
  message: string;
}

/**
 * The settings are incomplete or wrong. All that is wrong is reported at once.
 *
 * ```ts
 * import { AIPythonAgent, ConfigurationError, type ConfigurationIssue } from "@runt/aipython-runtime-agent";
 *
 * function describe({ option = "options", message }: ConfigurationIssue): string {
 *   return `${option}: ${message}`;
 * }
 *
 * try {
 *   new AIPythonAgent({ maxHistoryLength: -1, runtimeId: "7" });
 * } catch (error) {
 *   if (!(error instanceof ConfigurationError)) throw error;
 *   console.error(error.issues.map(describe).join("\n"));
 * }
 * ```
 */
export class ConfigurationError extends AIPythonError {
  /** The class's name. */
  readonly name = "ConfigurationError";
  /** Everything that is wrong, in the order of the option table. */
  readonly issues: readonly ConfigurationIssue[];

  /**
   * Makes the error; its message is that of all issues.
   *
   * @param issues everything that is wrong
   */
  constructor(issues: readonly ConfigurationIssue[]) {
    super(issues.map((issue) => issue.message).join("\n"));
    this.issues = issues;
  }
}
