/**
 * The cells that were entered, on disk.
 *
 * @module
 */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { JsonLinesFile, LINES_READ } from "./json_lines_file.ts";

/** How many cells are read back. */
export const HISTORY_LENGTH = LINES_READ;

/** A file with a cell a line, each as a JSON string. */
export class HistoryFile {
  readonly #path: string;
  readonly #lines: JsonLinesFile;

  /** @param path where it is, or shall be made with the folders that it is in, readable for its owner alone */
  constructor(path: string) {
    this.#path = path;
    this.#lines = new JsonLinesFile(path);
  }

  /**
   * Reads the last cells, oldest first. Lines that are no JSON strings are passed over.
   *
   * @throws when the file is there and cannot be read or written, or cannot be made
   */
  read(): string[] {
    this.#makeFolder();
    return this.#lines.read().filter((line) => typeof line === "string");
  }

  /**
   * Adds a cell.
   *
   * @throws when the file cannot be written
   */
  add(code: string): void {
    this.#makeFolder();
    this.#lines.add(code);
  }

  #makeFolder(): void {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
  }
}
