/**
 * A file with one JSON value per line.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** The maximum number of lines that are read. */
export const LINES_READ = 1_000;

/** The number of lines above which the file is cut to the last {@linkcode LINES_READ}. Twice as high, so that not every start cuts it. */
const CUT_AT = 2 * LINES_READ;

const NEWLINE = "\n".charCodeAt(0);

/** The file. It is locked while it is read or written, so that several programs can append to it at the same time. */
export class JsonLinesFile {
  readonly #path: string;

  /** @param path the path of the file. It is created if necessary, so that only its owner can read it */
  constructor(path: string) {
    this.#path = path;
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
    const lines = readAll(file).split("\n").filter((line) => line !== "");
    if (lines.length > CUT_AT) {
      const kept = lines.slice(-LINES_READ);
      file.truncateSync(0);
      writeAll(file, kept.map((line) => `${line}\n`).join(""));
    }
    return lines.slice(-LINES_READ).map(parseLine);
  }

  /**
   * Appends a value on a new line. If the last line was cut off by a crash or a full disk, it is ended first.
   *
   * @throws if the file cannot be written
   */
  add(value: object | JsonValue): void {
    using file = this.#open();
    writeAll(file, `${endsCut(file) ? "\n" : ""}${JSON.stringify(value)}\n`);
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

function readAll(file: Deno.FsFile): string {
  const bytes = new Uint8Array(file.statSync().size);
  let length = 0;
  while (length < bytes.length) {
    const read = file.readSync(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return new TextDecoder().decode(bytes.subarray(0, length));
}

function writeAll(file: Deno.FsFile, text: string): void {
  let rest: Uint8Array = new TextEncoder().encode(text);
  while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
}

function parseLine(line: string): JsonValue | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
