/**
 * A server with endless answers. It sends the same bytes until the client disconnects.
 *
 * @module
 */

import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, deflateRawSync } from "node:zlib";
import { Signposts } from "./signposts.ts";

/** An endless answer. */
export interface EndlessAnswer {
  /** Default: 200. */
  status?: number;
  headers?: Record<string, string>;
  /** The beginning of the body. Default: empty. */
  head?: string | Uint8Array;
  /** Sent repeatedly, in writes of about 64 KB. */
  piece: string | Uint8Array;
}

/** The size of each write, in bytes. */
const BYTES_PER_WRITE = 65_536;

/** The maximum number of bytes of an answer that the kernel and both HTTP stacks buffer. */
export const BUFFERED_BYTES = 24_000_000;

/** Starts a server that answers every request with an endless answer. Stop it with `await using`. */
export async function startEndlessServer(answer: EndlessAnswer): Promise<EndlessServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new EndlessServer(server, answer);
}

/**
 * Compresses a megabyte of one character into about a kilobyte that can be sent any number of times.
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
 * Sends an answer until the client disconnects.
 *
 * @param onSent called with the number of bytes of each write
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
  /** The number of bytes written so far. */
  sent = 0;
  readonly #server: Server;
  readonly #sending = new Signposts();
  readonly #left = new Signposts();

  /**
   * @param server a listening server without handlers
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

  /** Resolves when a client has closed its connection. */
  left(): Promise<void> {
    return this.#left.reached("left");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
