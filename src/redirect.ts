/**
 * Reads the target of a redirect. Redirects are not followed, because our credentials are meant for only one server.
 *
 * @module
 */

/**
 * Returns the target's origin, as `https://host:port`; `an unnamed address` if the response does not state one; `undefined` if it is not a
 * redirect.
 */
export function redirectTarget(
  { status, headers }: { status: number; headers: Headers },
  address: string | URL,
): string | undefined {
  if (status < 300 || status >= 400) return undefined;
  const location = headers.get("location");
  const target = location === null ? null : URL.parse(location, address);
  return target === null || target.host === "" ? "an unnamed address" : `${target.protocol}//${target.host}`;
}
