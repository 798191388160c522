/**
 * Finds out whether a server speaks LiveStore's sync protocol.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import { unlessAborted } from "../async/unless_aborted.ts";
import { PING_FRAME } from "../notebook/sync/frames.ts";
import { refusalReason } from "../notebook/sync/refusal.ts";
import { SyncSocket } from "../notebook/sync/socket.ts";
import { socketUrl } from "../notebook/sync/sync_url.ts";

export interface ProbeOptions {
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  notebookId: string;
  /** The payload of the request for a socket. */
  payload: { authToken: string };
  /** The longest wait for the handshake, and for the answer to a ping, in milliseconds. */
  timeoutMs: number;
  clock: Clock;
}

export type Probe =
  /** The server speaks the protocol. `refusal` is the reason why it refuses the credentials; absent if it accepts them. */
  | { state: "speaks"; refusal?: string }
  /** The server does not speak the protocol. */
  | { state: "silent"; reason: string };

/**
 * Opens a socket and sends a ping, which neither reads nor writes data. A server that does not open the socket also speaks the protocol,
 * if its refusal has the form of the notebook contract.
 *
 * @throws the signal's reason when it is aborted
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
  const cancelTimeout = clock.setTimer(
    () => answer.resolve(`no answer to a ping within ${timeoutMs / 1000} s`),
    timeoutMs,
  );
  try {
    signal.throwIfAborted();
    socket.send(PING_FRAME);
    const reason = await unlessAborted(answer.promise, signal);
    return reason === undefined ? { state: "speaks" } : { state: "silent", reason };
  } finally {
    cancelTimeout();
    socket.drop("the question is answered");
  }
}
