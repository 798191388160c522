/**
 * Commands: a name and data in one frame, and those that RFC 37 defines for the mechanism NULL and for traffic.
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import { encodeCommandFrame } from "./frame.ts";
import { encodeMetadata, type Metadata } from "./metadata.ts";

/** A command. */
export interface Command {
  /** Its name: letters. */
  readonly name: string;
  /** What the name says it is. */
  readonly data: Uint8Array;
}

/** The longest context of a PING, in bytes. */
const MAX_PING_CONTEXT = 16;

/** The unit of the time to live in a PING, in milliseconds. */
const TTL_UNIT_MS = 100;

/** The longest reason of an ERROR, in characters. */
const MAX_REASON = 255;

/**
 * Reads a command.
 *
 * @throws {ProtocolError} when the body is not a name and data
 */
export function decodeCommand(body: Uint8Array): Command {
  const nameLength = body[0] ?? 0;
  const name = String.fromCharCode(...body.subarray(1, 1 + nameLength));
  if (name.length < nameLength || !/^[A-Za-z]+$/.test(name)) {
    throw new ProtocolError("the peer sent a command without a name");
  }
  return { name, data: body.subarray(1 + nameLength) };
}

/** Encodes a command as a frame. */
export function encodeCommand({ name, data }: Command): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(1 + name.length + data.length);
  body[0] = name.length;
  body.set(new TextEncoder().encode(name), 1);
  body.set(data, 1 + name.length);
  return encodeCommandFrame(body);
}

/** Encodes READY, which ends the handshake. */
export function encodeReady(metadata: Metadata): Uint8Array<ArrayBuffer> {
  return encodeCommand({ name: "READY", data: encodeMetadata(metadata) });
}

/**
 * Encodes ERROR, which refuses a peer during the handshake.
 *
 * @param reason why; what is not a visible ASCII character becomes `_`, because a reason consists of those alone
 */
export function encodeError(reason: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(reason.replace(/[^\x21-\x7e]+/g, "_").slice(0, MAX_REASON));
  return encodeCommand({ name: "ERROR", data: Uint8Array.of(text.length, ...text) });
}

/** Reads the reason of an ERROR, fit to be shown; one that breaks the grammar is read as far as it goes. */
export function decodeError(data: Uint8Array): string {
  const reason = String.fromCharCode(...data.subarray(1, 1 + Math.min(data[0] ?? 0, MAX_REASON)));
  return reason.replace(/[^\x20-\x7e]+/g, "_");
}

/** A PING: the wish for a sign of life. */
export interface Ping {
  /** After how long without a sign of life the peer may be taken for dead, in milliseconds; 0 is never. */
  readonly ttlMs: number;
  /** What the PONG must repeat. */
  readonly context: Uint8Array;
}

/**
 * Reads the data of a PING.
 *
 * @throws {ProtocolError} when it has no time to live or too long a context
 */
export function decodePing(data: Uint8Array): Ping {
  if (data.length < 2 || data.length > 2 + MAX_PING_CONTEXT) {
    throw new ProtocolError(`the peer sent a PING with ${data.length} bytes; it has 2 to ${2 + MAX_PING_CONTEXT}`);
  }
  return { ttlMs: (data[0] * 256 + data[1]) * TTL_UNIT_MS, context: data.subarray(2) };
}

/** Encodes the PONG that answers a PING. */
export function encodePong(context: Uint8Array): Uint8Array<ArrayBuffer> {
  return encodeCommand({ name: "PONG", data: context });
}
