/**
 * The error codes of `node:fs`.
 *
 * @module
 */

/** Returns an error's code, such as `ENOENT`; `undefined` for an error without one. */
export function errorCode(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}
