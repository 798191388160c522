/**
 * Distinguishes the reasons why a server was not reached.
 *
 * @module
 */

/** The reason for a missing answer. */
export interface NetworkFailure {
  /** The stage that failed. */
  kind: "dns" | "refused" | "tls" | "timeout" | "broken";
  /** The reason, as a continuation of "cannot be reached: ". */
  reason: string;
  /** The advice, as a sentence without its full stop. */
  remedy: string;
}

/**
 * Reads an error of `fetch` or a WebSocket.
 *
 * @param error the error; its messages are those of Deno's HTTP client
 * @param seconds the length of the wait, for the message of a timeout
 */
export function readNetworkFailure(error: unknown, seconds: number): NetworkFailure {
  const causes = causesOf(error);
  if (causes.some(({ name }) => name === "TimeoutError")) {
    return {
      kind: "timeout",
      reason: `no answer within ${seconds} s`,
      remedy:
        "Check whether a firewall or a proxy blocks the connection, and whether the scheme is right (a server without TLS: http:// or ws://)",
    };
  }
  const said = causes.map(({ message }) => message).join("\n");
  if (/dns error|failed to lookup|name or service not known/i.test(said)) {
    return { kind: "dns", reason: "its name cannot be resolved (DNS)", remedy: "Check the spelling and the network" };
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
      remedy: "Trust your own certificate authority with DENO_CERT=file.pem or DENO_TLS_CA_STORE=system",
    };
  }
  if (/tls|handshake failure|certificate/i.test(said)) {
    return { kind: "tls", reason: "a secure connection cannot be made", remedy: "Check the port and the certificate" };
  }
  const detail = (causes.at(-1)?.message ?? String(error)).replace(/^.*client error \(\w+\): /s, "");
  return { kind: "broken", reason: detail, remedy: "Check the port" };
}

/** Returns an error and its causes, the root cause last. */
function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}
