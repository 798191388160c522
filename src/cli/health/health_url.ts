/**
 * The address of the health checks.
 *
 * @module
 */

/** Maps the hosts that mean "all interfaces" to the loopback address, at which a client on this machine connects. */
const thisMachine: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** Returns the URL at which a client on the same machine reaches an agent that listens at this host and port. */
export function healthUrl({ host, port }: { host: string; port: number }): string {
  const asked = thisMachine[host] ?? host;
  return `http://${asked.includes(":") ? `[${asked}]` : asked}:${port}/healthz`;
}
