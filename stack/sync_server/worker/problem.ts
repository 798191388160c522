/**
 * What the HTTP API answers when it does not do what it was asked.
 *
 * @module
 */

/** An answer that says in JSON what was wrong. */
export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
