/**
 * Which files each turn of a conversation tells.
 *
 * @module
 */

import { shortenDescription } from "../../files/shorten_description.ts";
import type { CellFile } from "../cell_file.ts";

/** The fewest characters of a file that are worth their room. */
const LEAST_CHARACTERS = 200;

/**
 * What the turns of a conversation have told of files so far. A file is told by the first turn that names it, and again by the next
 * one that names it after it has changed.
 */
export class ToldFiles {
  readonly #maxCharacters: number;
  /** The version that was told last, by name. */
  readonly #versions = new Map<string, string>();

  /** @param maxCharacters how long the descriptions in one turn may be together */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /**
   * Passes the next turn.
   *
   * @param files the files that its cell names
   * @returns those that it tells, shortened where they are too long together
   */
  pass(files: readonly CellFile[] = []): CellFile[] {
    const latest = new Map(files.map((file) => [file.name, file]));
    const told = [...latest.values()].filter(({ name, version }) => this.#versions.get(name) !== version);
    for (const { name, version } of told) this.#versions.set(name, version);
    return fitFiles(told, this.#maxCharacters);
  }

  /** Takes files as told, so that the next turns need not tell them. */
  add(files: readonly CellFile[]): void {
    for (const { name, version } of files) this.#versions.set(name, version);
  }
}

/**
 * Shortens descriptions that are too long together; of more files than there is room for, the last ones are kept.
 *
 * @param maxCharacters how long they may be together
 */
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
 * Lists the files that only cells name which are left out of a conversation, each as it was last, the one named last at the end.
 *
 * @param cells the cells, oldest first
 * @param first the first cell that goes out
 * @param end where the cells end that were there when cells were left out last: files that these name are told by them
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
