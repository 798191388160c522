/**
 * A server whose answers do not end: it goes on sending the same bytes until the client leaves.
 *
 * @module
 */

import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, deflateRawSync } from "node:zlib";
import { Signposts } from "./signposts.ts";

/** An answer without an end. */
export interface EndlessAnswer {
  /** Default: 200. */
  status?: number;
  headers?: Record<string, string>;
  /** Sent first. Default: nothing. */
  head?: string | Uint8Array;
  /** Sent again and again, filled up to some 64 KB. */
  piece: string | Uint8Array;
}

/** How many bytes are sent at a time. */
const BYTES_PER_WRITE = 65_536;

/** How much of an answer the kernel and the HTTP stacks of both sides may hold, in bytes. */
export const BUFFERED_BYTES = 24_000_000;

/** Starts a server that answers every request so; stop it with `await using`. */
export async function startEndlessServer(answer: EndlessAnswer): Promise<EndlessServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new EndlessServer(server, answer);
}

/**
 * Compresses a megabyte of one character so that it can be sent any number of times: what comes out of a kilobyte is a megabyte.
 *
 * @returns the head and the piece of an answer with `content-encoding: gzip`
 */
export function gzipBomb(character: string): Pick<EndlessAnswer, "head" | "piece"> {
  const megabyte = new Uint8Array(1_048_576).fill(character.charCodeAt(0));
  return {
    head: Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff),
    piece: deflateRawSync(megabyte, { finishFlush: constants.Z_FULL_FLUSH }),
  };
}

/**
 * Sends an answer until the client leaves.
 *
 * @param onSent told how many bytes have been written each time
 */
export async function sendWithoutEnd(
  response: ServerResponse,
  { status = 200, headers = {}, head = "", piece }: EndlessAnswer,
  onSent: (bytes: number) => void = () => {},
): Promise<void> {
  const one = Buffer.from(piece);
  const write = Buffer.concat(Array.from({ length: Math.ceil(BYTES_PER_WRITE / one.length) }, () => one));
  const left = once(response, "close");
  response.writeHead(status, headers);
  if (head.length > 0) response.write(head);
  while (!response.destroyed) {
    const isTaken = response.write(write);
    onSent(write.length);
    if (!isTaken) await Promise.race([once(response, "drain"), left]);
  }
}

/** A running server. */
export class EndlessServer implements AsyncDisposable {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** How many bytes it has written so far. */
  sent = 0;
  readonly #server: Server;
  readonly #sending = new Signposts();
  readonly #left = new Signposts();

  /**
   * @param server listening, without handlers
   * @param answer the answer to every request
   */
  constructor(server: Server, answer: EndlessAnswer) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", async (request, response) => {
      for await (const _ of request);
      response.on("close", () => this.#left.reach("left"));
      await sendWithoutEnd(response, answer, (bytes) => {
        this.sent += bytes;
        if (this.sent > BYTES_PER_WRITE) this.#sending.reach("sending");
      });
    });
  }

  /** Resolves when an answer is being sent. */
  sending(): Promise<void> {
    return this.#sending.reached("sending");
  }

  /** Resolves when a client has let go of its connection. */
  left(): Promise<void> {
    return this.#left.reached("left");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
