/**
 * The error responses of the HTTP API.
 *
 * @module
 */

/** Makes a response that describes an error in JSON. */
export function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
