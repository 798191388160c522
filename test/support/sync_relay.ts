/**
 * A sync server in front of a real one. It forwards frames, and lets a test inspect, hold back or change them.
 *
 * @module
 */

/** Handles a frame. Returns the text to forward, or `undefined` to drop the frame. */
export type FrameHook = (frame: string) => string | undefined | void | Promise<string | undefined>;

/** The hooks of the relay. Default: frames are forwarded unchanged. */
export interface SyncRelayHooks {
  /**
   * Called for a request to the HTTP API. The request is forwarded when this resolves, unless it resolves with an
   * answer.
   */
  onRequest?(path: string, request: Request): void | Response | Promise<void | Response>;
  /** Called for a request of a socket at this address. The socket is opened unless this returns an answer. */
  onSocket?(url: URL): Response | undefined;
  /** Returns the answer to a client's frame; `undefined` forwards the frame. */
  answer?(frame: string): string | undefined;
  /** Called for each frame of a client. */
  fromClient?: FrameHook;
  /** Called for each frame of the server. */
  fromServer?: FrameHook;
}

/** A running relay. */
export interface SyncRelay extends AsyncDisposable {
  /** The base of its sync socket. */
  readonly syncUrl: string;
}

/** Holds back the frames that contain a text. */
export interface FrameHold {
  /** The hook that holds them back. */
  hook: FrameHook;
  /** Resolves when the first of these frames has arrived. */
  reached: Promise<void>;
  /** Forwards them, now and later. */
  release(): void;
}

/** Holds back the frames that contain a text, such as an event's name. */
export function holdFrames(text: string): FrameHold {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return {
    async hook(frame) {
      if (frame.includes(text)) {
        reached.resolve();
        await released.promise;
      }
      return frame;
    },
    reached: reached.promise,
    release: released.resolve,
  };
}

/** Starts a relay in front of the server of a sync URL. */
export function startSyncRelay(syncUrl: string, hooks: SyncRelayHooks): SyncRelay {
  const { host } = new URL(syncUrl);
  const sockets = new Set<WebSocket>();
  const ended = new AbortController();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const url = new URL(request.url);
    if (request.headers.get("upgrade") !== "websocket") {
      const answer = await Promise.race([hooks.onRequest?.(url.pathname, request), aborted(ended.signal)]);
      if (answer !== undefined) return answer;
      const { method, headers, body } = request;
      return await fetch(`http://${host}${url.pathname}${url.search}`, { method, headers, body })
        .catch((error) => new Response(String(error), { status: 502 }));
    }
    const refusal = hooks.onSocket?.(url);
    if (refusal !== undefined) return refusal;
    const { socket: near, response } = Deno.upgradeWebSocket(request);
    const far = new WebSocket(`ws://${host}${url.pathname}${url.search}`);
    const open = new Promise<void>((resolve) => far.addEventListener("open", () => resolve()));
    pass(near, far, open, (frame) => {
      const answer = hooks.answer?.(frame);
      if (answer === undefined) return hooks.fromClient === undefined ? frame : hooks.fromClient(frame);
      near.send(answer);
    });
    pass(far, near, open, hooks.fromServer);
    for (const socket of [near, far]) sockets.add(socket);
    return response;
  });
  return {
    syncUrl: `ws://127.0.0.1:${server.addr.port}${new URL(syncUrl).pathname}`,
    async [Symbol.asyncDispose]() {
      ended.abort();
      const closed = [...sockets].map((socket) => closedSocket(socket));
      for (const socket of sockets) close(socket);
      await Promise.all(closed);
      await server.shutdown();
    },
  };
}

/** Forwards frames in order, even if the hook takes different times for them. */
function pass(from: WebSocket, to: WebSocket, open: Promise<void>, hook: FrameHook = (frame) => frame): void {
  let last = open;
  from.addEventListener("message", ({ data }) => {
    last = last.then(async () => {
      const frame = await hook(data);
      if (frame !== undefined && to.readyState === WebSocket.OPEN) to.send(frame);
    });
  });
  from.addEventListener("close", () => {
    close(to);
  });
  from.addEventListener("error", () => {});
}

/** Closes a socket with a code. sync-cf never answers a close without a code. */
function close(socket: WebSocket): void {
  if (socket.readyState <= WebSocket.OPEN) socket.close(1000);
}

function closedSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => socket.addEventListener("close", () => resolve()));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
