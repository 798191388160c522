/**
 * A TCP proxy between a client and a real server that simulates a bad network.
 *
 * @module
 */

/** A running proxy. */
export interface TcpProxy extends AsyncDisposable {
  /** Its port on 127.0.0.1. */
  readonly port: number;
  /** The number of connections that it has accepted so far. */
  readonly accepted: number;
  /** Cuts every connection. New ones are accepted. */
  cut(): void;
  /**
   * Keeps every connection open, but drops all data, or the data of one side. New connections are accepted and work.
   */
  stall(direction?: "both" | "from client" | "from server"): void;
  /** Delays all data by this many milliseconds in both directions; 0 ends the delay. */
  slow(delayMs: number): void;
  /** Holds back what clients send until {@linkcode TcpProxy.release} is called. */
  hold(): void;
  /** Forwards the data that was held back. */
  release(): void;
  /** Resolves when some data is held back. */
  holding(): Promise<void>;
  /** Resolves when a stalled connection has dropped data of the client. */
  lostFromClient(): Promise<void>;
  /**
   * Answers the first data of new connections with these bytes and hangs up, as a faulty server does; `undefined` ends
   * this.
   */
  answer(bytes: string | undefined): void;
  /** Accepts no new connections until {@linkcode TcpProxy.open} is called. Existing connections stay open. */
  close(): void;
  /** Accepts connections again on the same port. */
  open(): void;
}

interface Pair {
  near: Deno.TcpConn;
  far: Deno.TcpConn;
  /** The connections whose data is dropped. */
  stalled: Set<Deno.TcpConn>;
}

/** Starts a proxy on a free port that forwards to a port of 127.0.0.1. */
export function startTcpProxy(targetPort: number): TcpProxy {
  const pairs = new Set<Pair>();
  const running = new Set<Promise<void>>();
  let listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let accepted = 0;
  let delayMs = 0;
  let answer: string | undefined;
  const lost = Promise.withResolvers<void>();
  let held: { released: PromiseWithResolvers<void>; something: PromiseWithResolvers<void> } | undefined;
  const { port } = listener.addr;

  const end = (pair: Pair) => {
    if (!pairs.delete(pair)) return;
    for (const side of [pair.near, pair.far]) {
      try {
        side.close();
      } catch {
        // The other end has already closed the connection.
      }
    }
  };

  const pump = async (pair: Pair, from: Deno.TcpConn, to: Deno.TcpConn) => {
    const buffer = new Uint8Array(65_536);
    try {
      for (let count; (count = await from.read(buffer)) !== null;) {
        if (pair.stalled.has(from)) {
          if (from === pair.near) lost.resolve();
          continue;
        }
        if (from === pair.near) {
          held?.something.resolve();
          await held?.released.promise;
        }
        if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
        for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
      }
    } catch {
      // A broken connection ends the pair in the same way as an orderly end.
    }
    end(pair);
  };

  const track = (work: Promise<void>) => {
    running.add(work);
    work.finally(() => running.delete(work));
  };

  const serve = async (from: Deno.TcpListener) => {
    for await (const near of from) {
      accepted++;
      if (answer !== undefined) {
        track(refuse(near, answer));
        continue;
      }
      try {
        const far = await Deno.connect({ hostname: "127.0.0.1", port: targetPort });
        const pair = { near, far, stalled: new Set<Deno.TcpConn>() };
        pairs.add(pair);
        track(pump(pair, near, far));
        track(pump(pair, far, near));
      } catch {
        near.close();
      }
    }
  };

  const refuse = async (near: Deno.TcpConn, bytes: string) => {
    try {
      await near.read(new Uint8Array(65_536));
      await near.write(new TextEncoder().encode(bytes));
    } catch {
      // The client has disconnected.
    }
    near.close();
  };

  track(serve(listener));
  return {
    port,
    get accepted() {
      return accepted;
    },
    cut: () => pairs.forEach(end),
    stall: (direction = "both") =>
      pairs.forEach(({ near, far, stalled }) => {
        if (direction !== "from server") stalled.add(near);
        if (direction !== "from client") stalled.add(far);
      }),
    slow: (milliseconds) => delayMs = milliseconds,
    hold: () => held = { released: Promise.withResolvers(), something: Promise.withResolvers() },
    release: () => {
      held?.released.resolve();
      held = undefined;
    },
    holding: () => held?.something.promise ?? Promise.reject(new Error("nothing is being held")),
    lostFromClient: () => lost.promise,
    answer: (bytes) => answer = bytes,
    close: () => listener.close(),
    open: () => {
      listener = Deno.listen({ hostname: "127.0.0.1", port });
      track(serve(listener));
    },
    async [Symbol.asyncDispose]() {
      try {
        listener.close();
      } catch {
        // The test has closed the connection.
      }
      pairs.forEach(end);
      await Promise.all(running);
    },
  };
}
