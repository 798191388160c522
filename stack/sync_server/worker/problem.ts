/**
 * Makes the error responses of the HTTP API.
 *
 * @module
 */

/** Describes an error in JSON. */
export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
