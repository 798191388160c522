/**
 * Reads where a server sends us instead of answering. No redirect is followed, because our credentials are for one server alone.
 *
 * @module
 */

/**
 * Tells where a response redirects to.
 *
 * @param response what was answered
 * @param address the address that was asked
 * @returns the origin, as `https://host:port`; `an unnamed address` where the response does not say; `undefined` if it is no redirect
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
