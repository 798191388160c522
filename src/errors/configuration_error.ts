/**
 * The error for wrong or missing options.
 *
 * @module
 */

import { AIPythonError } from "./aipython_error.ts";

/** One problem with the options. */
export interface ConfigurationIssue {
  /** The option's name in {@linkcode AIPythonAgentOptions}: `authToken`; absent for example for an unknown flag. */
  option?: string;
  /** The problem and how to fix it. Names the flag and the environment variable. */
  message: string;
}

/**
 * Options are missing or wrong. All problems are reported at once.
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
  /** All problems, in the order of the option table. */
  readonly issues: readonly ConfigurationIssue[];

  /**
   * Creates the error. Its message consists of the messages of all issues.
   *
   * @param issues all problems
   */
  constructor(issues: readonly ConfigurationIssue[]) {
    super(issues.map((issue) => issue.message).join("\n"));
    this.issues = issues;
  }
}
