/**
 * Decodes the bytes of a file as text and detects its encoding.
 *
 * @module
 */

import { firstInvalidByte } from "../decode_text.ts";

/** The text of a file, and the facts about its encoding that are needed to read it in Python. */
export interface FileText {
  /** The text without the byte order mark. */
  text: string;
  /** Unusual facts about the bytes, written for people and models: `UTF-8 with a BOM`, `CRLF line ends`. */
  notes: string[];
}

/** Byte order marks and their encodings. */
const MARKS: readonly [mark: readonly number[], decoder: string, note: string][] = [
  [[0xef, 0xbb, 0xbf], "utf-8", "UTF-8 with a BOM"],
  [[0xff, 0xfe], "utf-16le", "UTF-16 with a BOM"],
  [[0xfe, 0xff], "utf-16be", "UTF-16 with a BOM"],
];

/** Whether the bytes begin with a byte order mark. Zero bytes are then part of the text. */
export function hasByteOrderMark(bytes: Uint8Array): boolean {
  return markOf(bytes) !== undefined;
}

/**
 * Decodes a text. Bytes that are not UTF-8 and have no byte order mark are decoded as Latin-1, or as Windows-1252 if they contain
 * characters that Latin-1 lacks. Accepts any bytes and never throws.
 */
export function readFileText(bytes: Uint8Array): FileText {
  const { text, encoding } = decode(bytes);
  const notes = encoding === undefined ? [] : [encoding];
  if (text.includes("\r\n")) notes.push("CRLF line ends");
  else if (text.includes("\r")) notes.push("CR line ends");
  if (text !== "" && !/[\r\n]$/.test(text)) notes.push("no newline at the end");
  return { text, notes };
}

function decode(bytes: Uint8Array): { text: string; encoding?: string } {
  const mark = markOf(bytes);
  if (mark !== undefined) {
    const [{ length }, decoder, encoding] = mark;
    return { text: new TextDecoder(decoder, { ignoreBOM: true }).decode(bytes.subarray(length)), encoding };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    const offset = firstInvalidByte(bytes);
    const byte = bytes[offset].toString(16).padStart(2, "0");
    const name = bytes.some((each) => each >= 0x80 && each < 0xa0) ? "Windows-1252" : "Latin-1";
    const encoding = `not UTF-8 (byte 0x${byte} at position ${offset}), read as ${name}`;
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding };
  }
}

function markOf(bytes: Uint8Array) {
  return MARKS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
}
