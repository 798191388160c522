/**
 * Keeps the history of cells on disk.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { JsonLinesFile } from "./json_lines_file.ts";

/** The maximum number of cells that are read. */
export const HISTORY_LENGTH = 1_000;

/** A file with one cell per line, as a JSON string. */
export class HistoryFile {
  readonly #path: string;
  readonly #lines: JsonLinesFile;

  /** @param path the path of the file. It and its folders are created if necessary, so that only their owner can read them */
  constructor(path: string) {
    this.#path = path;
    this.#lines = new JsonLinesFile(path, { maxLines: HISTORY_LENGTH });
  }

  /**
   * Reads the last cells, oldest first. Lines that are not JSON strings are skipped.
   *
   * @throws if the file cannot be read, written or created
   */
  read(): string[] {
    this.#makeFolder();
    return this.#lines.read().filter((line) => typeof line === "string");
  }

  /**
   * Adds a cell.
   *
   * @throws if the file cannot be written
   */
  add(code: string): void {
    this.#makeFolder();
    this.#lines.add(code);
  }

  #makeFolder(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
  }
}
