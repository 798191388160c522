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

/** Whom to probe, and with what. */
export interface ProbeOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  /** The notebook's id. */
  notebookId: string;
  /** What a socket is asked for with. */
  payload: { authToken: string };
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

/**
 * Opens a socket and asks for a sign of life, which neither reads nor writes anything. A server that opens none speaks the protocol
 * too, if it refuses the credentials in the words of the contract.
 *
 * @throws the signal's reason once it is aborted
 */
export async function probeSync(
  { syncUrl, notebookId, payload, timeoutMs, clock }: ProbeOptions,
  signal: AbortSignal,
): Promise<Probe> {
  const url = socketUrl(syncUrl, notebookId, payload);
  const answer = Promise.withResolvers<string | undefined>();
  const socket = await SyncSocket.open(url, {
    onFrame: () => answer.resolve(undefined),
    onClose: (reason) => answer.resolve(reason),
  }, { handshakeTimeoutMs: timeoutMs, clock });
  if (typeof socket === "string") {
    const refusal = await refusalReason(url, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    signal.throwIfAborted();
    return refusal === undefined ? { state: "silent", reason: socket } : { state: "speaks", refusal };
  }
  const giveUp = () => answer.reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  const cancelTimeout = clock.setTimer(
    () => answer.resolve(`no answer to a ping within ${timeoutMs / 1000} s`),
    timeoutMs,
  );
  try {
    signal.throwIfAborted();
    socket.send(PING_FRAME);
    const reason = await answer.promise;
    return reason === undefined ? { state: "speaks" } : { state: "silent", reason };
  } finally {
    cancelTimeout();
    signal.removeEventListener("abort", giveUp);
    socket.drop("the question is answered");
  }
}
