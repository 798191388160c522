/**
 * A minimal sync socket for tests. It only sends and receives frames of the protocol.
 *
 * @module
 */

/** A parsed frame. */
export interface Frame {
  _tag: string;
  batch?: { eventEncoded: SyncEvent }[];
  remaining?: number;
  requestId?: string | { context: string; requestId: string };
  message?: string;
}

/** An event in its form on the wire. */
export interface SyncEvent {
  name: string;
  args: unknown;
  seqNum: number;
  parentSeqNum: number;
  clientId: string;
  sessionId: string;
}

/** An open socket. */
export interface SyncSocket extends AsyncDisposable {
  /** Sends a string as it is and anything else as JSON. */
  send(frame: unknown): void;
  /** Returns the text of the next frame, in the order of arrival. Rejects when the socket closes first. */
  nextText(): Promise<string>;
  /** Returns the next frame, parsed. */
  next(): Promise<Frame>;
  /** Resolves when the socket has closed. */
  closed: Promise<void>;
}

/** Returns the address of a notebook's socket. `encode` is applied to the payload's JSON before it becomes a query value. */
export function socketUrl(
  syncUrl: string,
  storeId: string,
  payload: unknown,
  encode: (text: string) => string = encodeURIComponent,
): URL {
  const url = new URL(`${syncUrl}/websocket`);
  url.searchParams.set("storeId", storeId);
  url.searchParams.set("payload", encode(JSON.stringify(payload)));
  return url;
}

/** Requests a socket and returns the HTTP response, which the WebSocket class does not show. */
export async function askForSocket(url: URL): Promise<Response> {
  return await fetch(url.href.replace(/^ws/, "http"), {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": btoa("sixteen bytes ok"),
    },
  });
}

/** Opens a socket; rejects when the upgrade is refused. */
export async function openSocket(url: URL): Promise<SyncSocket> {
  const socket = new WebSocket(url);
  const received: string[] = [];
  let wake = () => {};
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  socket.addEventListener("message", ({ data }) => {
    received.push(data);
    wake();
  });
  const nextText = async () => {
    const arrival = new Promise<void>((resolve) => wake = resolve);
    if (received.length === 0) await Promise.race([arrival, closed]);
    const text = received.shift();
    if (text === undefined) throw new Error("The socket closed before the next frame.");
    return text;
  };
  const opened = new Promise<boolean>((resolve) => socket.addEventListener("open", () => resolve(true)));
  if (!await Promise.race([opened, closed.then(() => false)])) throw new Error("The upgrade was refused.");
  return {
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    nextText,
    next: async () => JSON.parse(await nextText()),
    closed,
    [Symbol.asyncDispose]: () => {
      // Without a code, sync-cf throws on code 1005 and never answers the close. Deno then gives up after 10 s.
      socket.close(1000);
      return closed;
    },
  };
}

/** Makes events numbered `first` to `first + count - 1`. */
export function numberedEvents(first: number, count: number): SyncEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    name: "v1.Debug",
    args: { id: `event ${first + index}` },
    seqNum: first + index,
    parentSeqNum: first + index - 1,
    clientId: "tester",
    sessionId: "static",
  }));
}
