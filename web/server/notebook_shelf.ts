/**
 * The list of notebooks that the home page shows. The notebooks themselves are on the sync server.
 *
 * A notebook is put on the list when it is there: when the page that makes it has heard that the sync server has stored its contents.
 * Until then it is a draft, of which nothing is kept. A change of the list is written before it counts.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";
import { join } from "node:path";
import { checkRoom, writePrivately } from "./data_folder.ts";

/** A notebook on the list. */
export interface ShelvedNotebook {
  id: string;
  title: string;
  /** How many cells it has. */
  cells: number;
  /** When it was made, and last changed; ISO 8601. */
  createdAt: string;
  changedAt: string;
}

/** What a page tells of its notebook. */
export type NotebookChange = Partial<Pick<ShelvedNotebook, "title" | "cells">>;

/** What a shelf depends on. */
export interface NotebookShelfOptions {
  /** The folder that keeps the list. */
  dataDir: string;
  /** Tells the time. */
  clock: Pick<Clock, "date">;
  /** Makes an id that no notebook has. */
  newId(): string;
}

/** So many notebooks can be in the making; of more, the oldest are forgotten. A page makes one within seconds. */
const MOST_DRAFTS = 100;

/** The list, kept in a file. */
export class NotebookShelf {
  readonly #options: NotebookShelfOptions;
  readonly #drafts = new Map<string, ShelvedNotebook>();
  #notebooks: ReadonlyMap<string, ShelvedNotebook>;

  private constructor(options: NotebookShelfOptions, notebooks: ShelvedNotebook[]) {
    this.#options = options;
    this.#notebooks = new Map(notebooks.map((notebook) => [notebook.id, notebook]));
  }

  /** Reads the list, which may not exist yet; its folder does. */
  static async open(options: NotebookShelfOptions): Promise<NotebookShelf> {
    try {
      return new NotebookShelf(options, JSON.parse(await Deno.readTextFile(fileIn(options.dataDir))));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new NotebookShelf(options, []);
      throw new Error(
        `The list of notebooks in ${fileIn(options.dataDir)} cannot be read (${
          (error as Error).message
        }): mend or remove it.`,
        { cause: error },
      );
    }
  }

  /** All notebooks, the one that was changed last first. */
  get all(): ShelvedNotebook[] {
    return [...this.#notebooks.values()].sort((one, other) => one.changedAt < other.changedAt ? 1 : -1);
  }

  /** Whether there is such a notebook, on the list or in the making. */
  has(id: string): boolean {
    return this.#notebooks.has(id) || this.#drafts.has(id);
  }

  /**
   * Begins a notebook. Its first change puts it on the list.
   *
   * @throws {StorageError} when the disk has no room for it
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
   * Notes what has changed in a notebook.
   *
   * @throws {StorageError} the list is then unchanged
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
   * Takes a notebook off the list.
   *
   * @throws {StorageError} the list is then unchanged
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
