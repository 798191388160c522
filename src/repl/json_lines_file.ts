/**
 * A file with one JSON value per line.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** The default of {@linkcode JsonLinesFileOptions.maxLines}. */
const MAX_LINES = 1_000;

const NEWLINE = "\n".charCodeAt(0);

export interface JsonLinesFileOptions {
  /**
   * The number of lines that are read, from the end; default: 1,000. A read cuts the file to them when it has more than twice as many, so
   * that not every read cuts it.
   */
  maxLines?: number;
}

/** The file. It is locked while it is read or written, so that several programs can append to it at the same time. */
export class JsonLinesFile {
  readonly #path: string;
  readonly #maxLines: number;

  /** @param path the path of the file. It is created if necessary, so that only its owner can read it */
  constructor(path: string, { maxLines = MAX_LINES }: JsonLinesFileOptions = {}) {
    this.#path = path;
    this.#maxLines = maxLines;
  }

  /**
   * Creates the file if it does not exist.
   *
   * @throws if the file cannot be read, written or created
   */
  create(): void {
    using _file = this.#open();
  }

  /**
   * Reads the last lines, oldest first; `undefined` for one that is not JSON.
   *
   * @throws if the file cannot be read, written or created
   */
  read(): (JsonValue | undefined)[] {
    using file = this.#open();
    return this.#read(file);
  }

  /**
   * Appends a value on a new line. If the last line was cut off by a crash or a full disk, it is ended first.
   *
   * @throws if the file cannot be written
   */
  add(value: object | JsonValue): void {
    using file = this.#open();
    append(file, value);
  }

  /**
   * Appends a value that depends on the last lines, which {@linkcode read} describes. No other program can write between the two.
   *
   * @throws if the file cannot be read or written
   */
  addAfter(make: (lines: (JsonValue | undefined)[]) => object | JsonValue): void {
    using file = this.#open();
    append(file, make(this.#read(file)));
  }

  #read(file: Deno.FsFile): (JsonValue | undefined)[] {
    const bytes = readAll(file);
    const lines = splitLines(bytes);
    const kept = lines.slice(-this.#maxLines);
    if (lines.length > 2 * this.#maxLines) {
      file.truncateSync(0);
      writeAll(file, bytes.subarray(kept[0].byteOffset));
    }
    return kept.map(parseLine);
  }

  /** Opens the file and locks it until it is closed. */
  #open(): Deno.FsFile {
    const file = Deno.openSync(this.#path, { read: true, append: true, create: true, mode: 0o600 });
    file.lockSync(true);
    return file;
  }
}

/** Returns whether the newline of the last line is missing. */
function endsCut(file: Deno.FsFile): boolean {
  if (file.statSync().size === 0) return false;
  file.seekSync(-1, Deno.SeekMode.End);
  const last = new Uint8Array(1);
  file.readSync(last);
  return last[0] !== NEWLINE;
}

/** Appends a value on a new line. */
function append(file: Deno.FsFile, value: object | JsonValue): void {
  writeAll(file, new TextEncoder().encode(`${endsCut(file) ? "\n" : ""}${JSON.stringify(value)}\n`));
}

function readAll(file: Deno.FsFile): Uint8Array {
  const bytes = new Uint8Array(file.statSync().size);
  let length = 0;
  while (length < bytes.length) {
    const read = file.readSync(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(file.writeSync(rest));
}

/** Returns the lines that are not empty, without their newlines. They are not decoded, because all of them may be too long for a string. */
function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (end > start) lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

function parseLine(line: Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(line));
  } catch {
    return undefined;
  }
}
