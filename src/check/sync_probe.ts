/**
 * Finds out whether a server speaks LiveStore's sync protocol.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import { PING_FRAME } from "../notebook/sync/frames.ts";
import { refusalReason } from "../notebook/sync/refusal.ts";
import { SyncSocket } from "../notebook/sync/socket.ts";
import { socketUrl } from "../notebook/sync/sync_url.ts";

/** Whom to probe. */
export interface ProbeOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  /** What opens a notebook; without it the server's refusal has to do. */
  credentials?: { notebookId: string; authToken: string };
  /** How long a handshake, and the answer to a ping, may take, in milliseconds. */
  timeoutMs: number;
  /** Measures that. */
  clock: Clock;
}

/** What came of it. */
export type Probe =
  /** It speaks the protocol; `refusal` is why it does not take the credentials, if it does not. */
  | { state: "speaks"; refusal?: string }
  /** It does not. */
  | { state: "silent"; reason: string };

/** The store that is named where no notebook is; the server refuses us before it looks for it. */
const NO_NOTEBOOK = "none";

/**
 * Opens a socket and asks for a sign of life, which neither reads nor writes anything. Without credentials it is enough that the
 * server asks for them in the words of the contract.
 *
 * @throws the signal's reason once it is aborted
 */
export async function probeSync(
  { syncUrl, credentials, timeoutMs, clock }: ProbeOptions,
  signal: AbortSignal,
): Promise<Probe> {
  if (credentials === undefined) {
    const refusal = await refusalReason(socketUrl(syncUrl, NO_NOTEBOOK, {}), signal);
    signal.throwIfAborted();
    return refusal === undefined
      ? { state: "silent", reason: "it does not ask for a token where the notebooks should be" }
      : { state: "speaks", refusal };
  }
  const { notebookId, authToken } = credentials;
  const url = socketUrl(syncUrl, notebookId, { authToken });
  const said = await ping(url, timeoutMs, clock, signal);
  if (said === undefined) return { state: "speaks" };
  const refusal = await refusalReason(url, signal);
  signal.throwIfAborted();
  return refusal === undefined ? { state: "silent", reason: said } : { state: "speaks", refusal };
}

/** Returns why there was no pong; nothing if there was one. */
async function ping(
  url: URL,
  timeoutMs: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = Promise.withResolvers<string | undefined>();
  const giveUp = () => answer.reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  answer.promise.catch(() => {});
  const socket = await SyncSocket.open(url, {
    onFrame: () => answer.resolve(undefined),
    onClose: (reason) => answer.resolve(reason),
  }, { handshakeTimeoutMs: timeoutMs, clock });
  if (typeof socket === "string") return socket;
  const cancelTimeout = clock.setTimer(
    () => answer.resolve(`no answer to a ping within ${timeoutMs / 1000} s`),
    timeoutMs,
  );
  try {
    socket.send(PING_FRAME);
    return await answer.promise;
  } finally {
    cancelTimeout();
    signal.removeEventListener("abort", giveUp);
    socket.drop("the question is answered");
  }
}
