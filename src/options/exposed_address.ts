/**
 * Recognizes addresses that would send secrets over a network in plain text.
 *
 * @module
 */

/** The hosts that never leave this machine (RFC 1122, RFC 4291, RFC 6761), as `URL` writes them. */
const LOOPBACK =
  /^(?:localhost|[^.].*\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\])\.?$/;

/** Whether a host, as `URL` writes it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** Whether an address begins with `ws://` or `http://` and leads beyond this machine, so that others on the network can read the data. */
export function isExposedAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return (protocol === "http:" || protocol === "ws:") && !isLoopback(hostname);
}
