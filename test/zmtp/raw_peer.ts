/**
 * A peer that sends any bytes.
 *
 * @module
 */

import { encodeCommand } from "../../src/zmtp/command.ts";
import { encodeMessage, type Frame } from "../../src/zmtp/frame.ts";
import { FrameDecoder } from "../../src/zmtp/frame_decoder.ts";
import { encodeGreeting, GREETING_BYTES } from "../../src/zmtp/greeting.ts";
import { encodeMetadata } from "../../src/zmtp/metadata.ts";

/** Returns the bytes of a text, one for each character. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Returns the text of bytes, one character for each. */
export function text(data: Uint8Array): string {
  return Array.from(data, (byte) => String.fromCharCode(byte)).join("");
}

/** Returns the texts of a message's frames. */
export function texts(frames: readonly Uint8Array[]): string[] {
  return frames.map(text);
}

/** Joins byte strings. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Encodes a peer's greeting. */
export function greeting({ minor = 1, major = 3, mechanism = "NULL" } = {}): Uint8Array<ArrayBuffer> {
  const greeting = encodeGreeting();
  greeting.fill(0, 12, 32);
  greeting.set(bytes(mechanism), 12);
  greeting[10] = major;
  greeting[11] = minor;
  return greeting;
}

/** Encodes a peer's command READY. */
export function ready(properties: { [name: string]: string }): Uint8Array<ArrayBuffer> {
  const metadata = new Map(Object.entries(properties).map(([name, value]) => [name, bytes(value)]));
  return encodeCommand({ name: "READY", data: encodeMetadata(metadata) });
}

/** Encodes any command. */
export function command(name: string, data = ""): Uint8Array<ArrayBuffer> {
  return encodeCommand({ name, data: bytes(data) });
}

/** Encodes a message. */
export function message(...frames: string[]): Uint8Array<ArrayBuffer> {
  return encodeMessage(frames.map(bytes));
}

/** A connection to one of our sockets. */
export class RawPeer implements Disposable {
  readonly #connection: Deno.TcpConn;
  readonly #frames: AsyncGenerator<Frame, undefined, void>;
  #greeting: Uint8Array | undefined;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
    this.#frames = this.#receive();
  }

  /** Connects to a port of 127.0.0.1. */
  static async connect(port: number): Promise<RawPeer> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.setNoDelay();
    return new RawPeer(connection);
  }

  /** Connects and finishes the handshake. */
  static async meet(port: number, socketType: string, identity = "", version = {}): Promise<RawPeer> {
    const peer = await RawPeer.connect(port);
    await peer.send(greeting(version), ready({ "Socket-Type": socketType, "Identity": identity }));
    await peer.frame();
    return peer;
  }

  /** The greeting of our socket. It is known after the first frame. */
  get greeting(): Uint8Array | undefined {
    return this.#greeting;
  }

  /** Sends bytes. They are lost if the connection is closed. */
  async send(...parts: Uint8Array[]): Promise<void> {
    try {
      const data = concat(...parts);
      for (let sent = 0; sent < data.length;) sent += await this.#connection.write(data.subarray(sent));
    } catch {
      // The connection is closed.
    }
  }

  /** Returns the next frame's body as text; `undefined` if the connection has ended. */
  async frame(): Promise<string | undefined> {
    const { value } = await this.#frames.next();
    return value && text(value.body);
  }

  /** Returns the bodies of all frames until the connection ends. */
  async rest(): Promise<string[]> {
    const all: string[] = [];
    for (let next; (next = await this.frame()) !== undefined;) all.push(next);
    return all;
  }

  /** Resolves when our socket has read everything that was sent, which it shows by answering a PING. */
  async settled(): Promise<void> {
    await this.send(command("PING", "\0\0settled"));
    for (let next; (next = await this.frame()) !== "\x04PONGsettled";) {
      if (next === undefined) throw new Error("the connection ended instead of a PONG");
    }
  }

  [Symbol.dispose](): void {
    try {
      this.#connection.close();
    } catch {
      // The connection is closed.
    }
  }

  async *#receive(): AsyncGenerator<Frame, undefined, void> {
    const decoder = new FrameDecoder(() => {});
    let start = new Uint8Array();
    const buffer = new Uint8Array(65_536);
    try {
      for (let count; (count = await this.#connection.read(buffer)) !== null;) {
        let chunk = buffer.slice(0, count);
        if (this.#greeting === undefined) {
          start = concat(start, chunk);
          if (start.length < GREETING_BYTES) continue;
          this.#greeting = start.slice(0, GREETING_BYTES);
          chunk = start.slice(GREETING_BYTES);
        }
        yield* decoder.decode(chunk);
      }
    } catch {
      // The connection was reset.
    }
    return undefined;
  }
}
