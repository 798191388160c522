/**
 * Tells apart why a server was not reached.
 *
 * @module
 */

/** Why there was no answer. */
export interface NetworkFailure {
  /** The stage that failed. */
  kind: "dns" | "refused" | "tls" | "timeout" | "broken";
  /** What happened, to stand behind "cannot be reached: ". */
  reason: string;
  /** What to look at, as a sentence without its full stop. */
  remedy: string;
}

/**
 * Reads what `fetch` or a WebSocket failed with.
 *
 * @param error what was thrown; the words are those of Deno's HTTP client
 * @param seconds how long was waited
 */
export function readNetworkFailure(error: unknown, seconds: number): NetworkFailure {
  const causes = causesOf(error);
  if (causes.some(({ name }) => name === "TimeoutError")) {
    return {
      kind: "timeout",
      reason: `no answer within ${seconds} s`,
      remedy:
        "See whether a firewall or a proxy keeps it from us, and whether the address begins rightly (a server without TLS: http:// or ws://)",
    };
  }
  const said = causes.map(({ message }) => message).join("\n");
  if (/dns error|failed to lookup|name or service not known/i.test(said)) {
    return { kind: "dns", reason: "its name is not known (DNS)", remedy: "Check its spelling, and the network" };
  }
  if (/refused/i.test(said)) {
    return { kind: "refused", reason: "it refuses connections", remedy: "Start the server, or check its port" };
  }
  if (/InvalidContentType/.test(said)) {
    return {
      kind: "tls",
      reason: "it does not speak TLS at this port",
      remedy: "A server without TLS has an address that begins with http:// or ws://",
    };
  }
  const certificate = /invalid peer certificate: .*/i.exec(said)?.[0];
  if (certificate !== undefined) {
    return {
      kind: "tls",
      reason: `its certificate is not trusted (${certificate})`,
      remedy: "Trust your own authority with DENO_CERT=file.pem or DENO_TLS_CA_STORE=system",
    };
  }
  if (/tls|handshake failure|certificate/i.test(said)) {
    return { kind: "tls", reason: "no secure connection comes about", remedy: "Check the port and the certificate" };
  }
  const detail = (causes.at(-1)?.message ?? String(error)).replace(/^.*client error \(\w+\): /s, "");
  return { kind: "broken", reason: detail, remedy: "See whether it is the right port" };
}

/** An error and those that caused it, the root last. */
function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
