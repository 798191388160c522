/**
 * Decides which files each message of a conversation describes.
 *
 * @module
 */

import { shortenDescription } from "../../files/shorten_description.ts";
import type { CellFile } from "../cell_file.ts";

/** The shortest useful description of a file, in characters. */
const LEAST_CHARACTERS = 200;

/**
 * Tracks the files that the messages of a conversation have described so far. A file is described in the first message that names
 * it, and again in the next one that names it after it has changed.
 */
export class DescribedFiles {
  readonly #maxCharacters: number;
  /** The last described version of each file, by name. */
  readonly #versions = new Map<string, string>();

  /** @param maxCharacters the total length of the descriptions in one message */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** Handles the next message. Returns the files that it has to describe, shortened if they are too long in total. */
  pass(files: readonly CellFile[] = []): CellFile[] {
    const latest = new Map(files.map((file) => [file.name, file]));
    const changed = [...latest.values()].filter(({ name, version }) => this.#versions.get(name) !== version);
    for (const { name, version } of changed) this.#versions.set(name, version);
    return fitFiles(changed, this.#maxCharacters);
  }

  /** Marks files as described, so that later messages do not describe them again. */
  add(files: readonly CellFile[]): void {
    for (const { name, version } of files) this.#versions.set(name, version);
  }
}

/** Shortens descriptions whose total length is above the limit. If there is not enough space for all files, the last ones are kept. */
export function fitFiles(files: readonly CellFile[], maxCharacters: number): CellFile[] {
  const length = files.reduce((sum, { description }) => sum + description.length, 0);
  if (length <= maxCharacters) return [...files];
  const count = Math.min(files.length, Math.max(1, Math.floor(maxCharacters / LEAST_CHARACTERS)));
  const each = Math.floor(maxCharacters / count);
  return files.slice(-count).map((file) =>
    file.description.length <= each ? file : { ...file, description: shortenDescription(file.description, each) }
  );
}

/**
 * Lists the files that only left-out cells name, with their last version. The file that was named last is at the end.
 *
 * @param cells the cells, oldest first
 * @param first the index of the first cell that is sent
 * @param end the number of cells when cells were last left out; files that cells from `first` to `end` name are described by them
 */
export function lostFiles(
  cells: readonly { files?: readonly CellFile[] }[],
  first: number,
  end: number,
): CellFile[] {
  const lost = new Map<string, CellFile>();
  for (const file of cells.slice(0, first).flatMap(({ files = [] }) => files)) {
    lost.delete(file.name);
    lost.set(file.name, file);
  }
  for (const { name } of cells.slice(first, end).flatMap(({ files = [] }) => files)) lost.delete(name);
  return [...lost.values()];
}
