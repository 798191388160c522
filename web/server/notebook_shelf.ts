/**
 * The list of notebooks that the home page shows. The notebooks themselves are on the sync server.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";
import { join } from "node:path";
import { replaceFile } from "../../src/cli/host/replace_file.ts";

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

/** The list, kept in a file. */
export class NotebookShelf {
  readonly #options: NotebookShelfOptions;
  readonly #notebooks: Map<string, ShelvedNotebook>;

  private constructor(options: NotebookShelfOptions, notebooks: ShelvedNotebook[]) {
    this.#options = options;
    this.#notebooks = new Map(notebooks.map((notebook) => [notebook.id, notebook]));
  }

  /** Reads the list, which may not exist yet. */
  static async open(options: NotebookShelfOptions): Promise<NotebookShelf> {
    await Deno.mkdir(options.dataDir, { recursive: true });
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

  /** Whether there is such a notebook. */
  has(id: string): boolean {
    return this.#notebooks.has(id);
  }

  /** Puts a new notebook on the list. */
  add(title: string): ShelvedNotebook {
    const now = this.#options.clock.date().toISOString();
    const notebook = { id: this.#options.newId(), title, cells: 0, createdAt: now, changedAt: now };
    this.#notebooks.set(notebook.id, notebook);
    this.#save();
    return notebook;
  }

  /** Notes what has changed in a notebook. */
  change(id: string, { title, cells }: NotebookChange): void {
    const notebook = this.#notebooks.get(id);
    if (notebook === undefined) return;
    const changedAt = this.#options.clock.date().toISOString();
    this.#notebooks.set(id, {
      ...notebook,
      title: title ?? notebook.title,
      cells: cells ?? notebook.cells,
      changedAt,
    });
    this.#save();
  }

  /** Takes a notebook off the list. */
  remove(id: string): void {
    if (this.#notebooks.delete(id)) this.#save();
  }

  #save(): void {
    replaceFile(fileIn(this.#options.dataDir), `${JSON.stringify([...this.#notebooks.values()], null, 1)}\n`);
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, "notebooks.json");
}
