/**
 * The address of the health checks.
 *
 * @module
 */

/** Hosts that are listened on, and that mean this machine to somebody on it. */
const thisMachine: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** Returns where an agent is asked, on its own machine, that listens at this host and port. */
export function healthUrl({ host, port }: { host: string; port: number }): string {
  const asked = thisMachine[host] ?? host;
  return `http://${asked.includes(":") ? `[${asked}]` : asked}:${port}/healthz`;
}
