/**
 * Decodes the bytes of a file strictly as UTF-8: other bytes are an error that names their position, and are never replaced.
 *
 * @module
 */

import { AIPythonError } from "./errors.ts";

/** A file is not UTF-8 text. */
export class EncodingError extends AIPythonError {
  readonly name = "EncodingError";
}

/** The byte order marks of other encodings. */
const MARKS: readonly [mark: readonly number[], encoding: string][] = [
  [[0xff, 0xfe], "UTF-16"],
  [[0xfe, 0xff], "UTF-16"],
];

/**
 * Decodes text, without its byte order mark.
 *
 * @throws {EncodingError} if the bytes are not UTF-8; the message follows "cannot read FILE: "
 */
export function decodeText(bytes: Uint8Array): string {
  const other = MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (other !== undefined) throw new EncodingError(`it is text in ${other[1]}, not in UTF-8; ${advice(other[1])}`);
  try {
    return decodeStrictly(bytes);
  } catch (cause) {
    const offset = firstInvalidByte(bytes);
    const byte = bytes[offset].toString(16).toUpperCase().padStart(2, "0");
    throw new EncodingError(
      `it is not text in UTF-8: byte 0x${byte} on line ${lineOf(bytes, offset)}, ${offset + 1} bytes into the file; ` +
        `${advice("WINDOWS-1252")}, if that is its encoding`,
      { cause },
    );
  }
}

/** Returns the line that contains a byte, counted from 1. */
export function lineOf(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(0, offset).reduce((lines, byte) => byte === 0x0a ? lines + 1 : lines, 1);
}

function decodeStrictly(bytes: Uint8Array, stream = false): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
}

/** Returns the index of the first byte that is not part of a valid character, found by bisection. The bytes must not be valid UTF-8. */
export function firstInvalidByte(bytes: Uint8Array): number {
  const isValid = (length: number) => {
    try {
      decodeStrictly(bytes.subarray(0, length), true);
      return true;
    } catch {
      return false;
    }
  };
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isValid(middle)) valid = middle;
    else invalid = middle;
  }
  // A truncated character passed the test above. It is invalid here, because other bytes follow.
  while (!isWhole(bytes.subarray(0, valid))) valid--;
  return valid;
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    decodeStrictly(bytes);
    return true;
  } catch {
    return false;
  }
}

function advice(encoding: string): string {
  return `convert it with iconv -f ${encoding} -t UTF-8 FILE > NEW`;
}
