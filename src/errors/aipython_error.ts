/**
 * The base class of all errors that this package throws intentionally.
 *
 * @module
 */

/**
 * The base class of this package's errors. `error instanceof AIPythonError` distinguishes them from bugs.
 *
 * ```ts
 * import { AIPythonError, createModel } from "@runt/aipython-runtime-agent";
 *
 * try {
 *   await createModel({ stallTimeout: -1 });
 * } catch (error) {
 *   if (!(error instanceof AIPythonError)) throw error;
 *   console.error(`${error.name}: ${error.message}`);
 * }
 * ```
 */
export abstract class AIPythonError extends Error {
  /** The class's name. */
  abstract override readonly name: string;
}
