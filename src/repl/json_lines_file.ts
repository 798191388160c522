/**
 * A file with a JSON value a line.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** How many lines are read back. */
export const LINES_READ = 1_000;

/** With so many lines the file is cut to the last {@linkcode LINES_READ}, so that this is not done at every start. */
const CUT_AT = 2 * LINES_READ;

const NEWLINE = "\n".charCodeAt(0);

/** The file. It is locked while it is read or written, so that two programs can add to it at once. */
export class JsonLinesFile {
  readonly #path: string;

  /** @param path where it is, or shall be made, readable for its owner alone */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Makes the file, unless it is there.
   *
   * @throws when it cannot be read and written, or cannot be made
   */
  create(): void {
    using _file = this.#open();
  }

  /**
   * Reads the last lines, oldest first; `undefined` for one that is not JSON.
   *
   * @throws when the file is there and cannot be read or written, or cannot be made
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
   * Adds a value, on a line of its own: a last line that was cut off, by a crash or a full disk, is ended first.
   *
   * @throws when the file cannot be written
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

/** Whether the last line lacks its newline. */
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
