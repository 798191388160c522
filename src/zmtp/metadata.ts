/**
 * The properties in a READY command (RFC 37, "The NULL Security Mechanism").
 *
 * @module
 */

import { joinBytes } from "../join_bytes.ts";
import { ProtocolError } from "./errors.ts";

/** Properties by name. Decoded names are in lower case, because case is not significant. */
export type Metadata = ReadonlyMap<string, Uint8Array>;

/** The names of the properties in RFC 37, as they are sent. */
export const propertyNames = { socketType: "Socket-Type", identity: "Identity" } as const;

const VALUE_LENGTH_BYTES = 4;

export function encodeMetadata(metadata: Metadata): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const [name, value] of metadata) {
    const valueLength = new Uint8Array(VALUE_LENGTH_BYTES);
    new DataView(valueLength.buffer).setUint32(0, value.length);
    parts.push(Uint8Array.of(name.length), new TextEncoder().encode(name), valueLength, value);
  }
  return joinBytes(parts);
}

/**
 * Reads properties.
 *
 * @throws {ProtocolError} if the bytes are not properties, or a property occurs twice
 */
export function decodeMetadata(bytes: Uint8Array): Metadata {
  const metadata = new Map<string, Uint8Array>();
  let rest = bytes;
  const take = (length: number): Uint8Array => {
    if (length > rest.length) throw new ProtocolError("the peer sent metadata that ends in the middle of a property");
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  };
  while (rest.length > 0) {
    const name = String.fromCharCode(...take(take(1)[0])).toLowerCase();
    if (!/^[a-z\d_.+-]+$/.test(name)) throw new ProtocolError("the peer sent a property without a proper name");
    if (metadata.has(name)) throw new ProtocolError(`the peer sent the property ${name} twice`);
    const length = take(VALUE_LENGTH_BYTES);
    metadata.set(name, take(new DataView(length.buffer, length.byteOffset).getUint32(0)));
  }
  return metadata;
}
