/**
 * The code of an error of `node:fs`.
 *
 * @module
 */

/** Returns an error's code: `ENOENT`; `undefined` for an error without one. */
export function errorCode(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}
