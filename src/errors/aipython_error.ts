/**
 * The base of every error that this package throws on purpose.
 *
 * @module
 */

/**
 * The base of this package's errors: `error instanceof AIPythonError` tells them from defects.
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
