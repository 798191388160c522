/**
 * The list of notebooks on the home page. The notebooks themselves are on the sync server.
 *
 * A notebook is listed once its contents are stored on the sync server. Until then it is a draft that is not written to disk. A
 * change of the list is written before it takes effect.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";
import { join } from "node:path";
import { checkRoom, writePrivately } from "./data_folder.ts";

export interface ShelvedNotebook {
  id: string;
  title: string;
  cells: number;
  /** ISO 8601, as is `changedAt`, the time of the last change. */
  createdAt: string;
  changedAt: string;
}

/** The changes that a page reports. */
export type NotebookChange = Partial<Pick<ShelvedNotebook, "title" | "cells">>;

export interface NotebookShelfOptions {
  /** The folder that contains the list's file. */
  dataDir: string;
  clock: Pick<Clock, "date">;
  newId(): string;
}

/** The most drafts. Beyond that the oldest are forgotten; a page finishes one within seconds. */
const MOST_DRAFTS = 100;

/** The list and its file. */
export class NotebookShelf {
  readonly #options: NotebookShelfOptions;
  readonly #drafts = new Map<string, ShelvedNotebook>();
  #notebooks: ReadonlyMap<string, ShelvedNotebook>;

  private constructor(options: NotebookShelfOptions, notebooks: ShelvedNotebook[]) {
    this.#options = options;
    this.#notebooks = new Map(notebooks.map((notebook) => [notebook.id, notebook]));
  }

  /** Reads the list, which may not exist yet. Its folder must exist. */
  static async open(options: NotebookShelfOptions): Promise<NotebookShelf> {
    try {
      return new NotebookShelf(options, JSON.parse(await Deno.readTextFile(fileIn(options.dataDir))));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new NotebookShelf(options, []);
      throw new Error(
        `The list of notebooks in ${fileIn(options.dataDir)} cannot be read (${
          (error as Error).message
        }): repair or remove it.`,
        { cause: error },
      );
    }
  }

  /** All notebooks, last changed first. */
  get all(): ShelvedNotebook[] {
    return [...this.#notebooks.values()].sort((one, other) => one.changedAt < other.changedAt ? 1 : -1);
  }

  /** Whether a notebook is listed or a draft. */
  has(id: string): boolean {
    return this.#notebooks.has(id) || this.#drafts.has(id);
  }

  /**
   * Creates a draft. Its first change puts it on the list.
   *
   * @throws {StorageError} if the disk has no room for the notebook
   */
  draft(title: string): ShelvedNotebook {
    checkRoom(this.#options.dataDir);
    const now = this.#options.clock.date().toISOString();
    const notebook = { id: this.#options.newId(), title, cells: 0, createdAt: now, changedAt: now };
    const [oldest] = this.#drafts.keys();
    if (this.#drafts.size >= MOST_DRAFTS) this.#drafts.delete(oldest);
    this.#drafts.set(notebook.id, notebook);
    return notebook;
  }

  /**
   * Records changes of a notebook.
   *
   * @throws {StorageError} if the changes cannot be written; the list is unchanged
   */
  change(id: string, { title, cells }: NotebookChange): void {
    const notebook = this.#notebooks.get(id) ?? this.#drafts.get(id);
    if (notebook === undefined) return;
    const changedAt = this.#options.clock.date().toISOString();
    const changed = { ...notebook, title: title ?? notebook.title, cells: cells ?? notebook.cells, changedAt };
    this.#save(new Map(this.#notebooks).set(id, changed));
    this.#drafts.delete(id);
  }

  /**
   * Removes a notebook from the list.
   *
   * @throws {StorageError} if the removal cannot be written; the list is unchanged
   */
  remove(id: string): void {
    if (this.#drafts.delete(id)) return;
    const notebooks = new Map(this.#notebooks);
    if (notebooks.delete(id)) this.#save(notebooks);
  }

  #save(notebooks: ReadonlyMap<string, ShelvedNotebook>): void {
    writePrivately(fileIn(this.#options.dataDir), `${JSON.stringify([...notebooks.values()], null, 1)}\n`);
    this.#notebooks = notebooks;
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, "notebooks.json");
}
