/**
 * Commands: a name and data in one frame. Includes the commands of RFC 37 for the NULL mechanism and for traffic.
 *
 * @module
 */

import { ProtocolError } from "./errors.ts";
import { encodeCommandFrame } from "./frame.ts";
import { encodeMetadata, type Metadata } from "./metadata.ts";

export interface Command {
  /** The name, in letters. */
  readonly name: string;
  /** The data; the format depends on the name. */
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
 * @throws {ProtocolError} if the body is not a name and data
 */
export function decodeCommand(body: Uint8Array): Command {
  const nameLength = body[0] ?? 0;
  const name = String.fromCharCode(...body.subarray(1, 1 + nameLength));
  if (name.length < nameLength || !/^[A-Za-z]+$/.test(name)) {
    throw new ProtocolError("the peer sent a command without a name");
  }
  return { name, data: body.subarray(1 + nameLength) };
}

export function encodeCommand({ name, data }: Command): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(1 + name.length + data.length);
  body[0] = name.length;
  body.set(new TextEncoder().encode(name), 1);
  body.set(data, 1 + name.length);
  return encodeCommandFrame(body);
}

/** Encodes READY, the last command of the handshake. */
export function encodeReady(metadata: Metadata): Uint8Array<ArrayBuffer> {
  return encodeCommand({ name: "READY", data: encodeMetadata(metadata) });
}

/**
 * Encodes ERROR, which refuses a peer during the handshake.
 *
 * @param reason the reason; other characters than visible ASCII are replaced by `_`, because the protocol does not allow them
 */
export function encodeError(reason: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(reason.replace(/[^\x21-\x7e]+/g, "_").slice(0, MAX_REASON));
  return encodeCommand({ name: "ERROR", data: Uint8Array.of(text.length, ...text) });
}

/** Reads the printable reason of an ERROR. An incorrect length is tolerated. */
export function decodeError(data: Uint8Array): string {
  const reason = String.fromCharCode(...data.subarray(1, 1 + Math.min(data[0] ?? 0, MAX_REASON)));
  return reason.replace(/[^\x20-\x7e]+/g, "_");
}

/** A PING, which requests a sign of life. */
export interface Ping {
  /** The silence after which the sender considers the peer dead, in milliseconds; 0 means never. */
  readonly ttlMs: number;
  /** The bytes that the PONG must repeat. */
  readonly context: Uint8Array;
}

/**
 * Reads the data of a PING.
 *
 * @throws {ProtocolError} if it has no time to live, or its context is too long
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
