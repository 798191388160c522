/**
 * The costs of cells, stored over restarts. Each notebook has a file, which is rewritten after each cell.
 *
 * A file that cannot be read is ignored, because costs must not keep a notebook from being opened.
 *
 * @module
 */

import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { SessionUsage, UsageEvent, UsageTotal } from "../../src/execution/usage_meter.ts";
import { FOLDER_MODE, writePrivately } from "./data_folder.ts";
import { StorageError } from "./storage_error.ts";

export interface NotebookUsage {
  /** The total of all cells that were run here, including deleted ones. `unpriced`: the tokens whose price was unknown. */
  total: SessionUsage & { unpriced: number };
  /** The last run of each cell by cell id, for the cells that were run last. */
  cells: Record<string, UsageTotal>;
}

export interface UsageLedgerOptions {
  dataDir: string;
  has(notebookId: string): boolean;
  /** Called with an error for a cost that could not be written. It is kept in memory until the process ends. */
  onStorageError(error: StorageError): void;
}

/** The most cells of a notebook with a stored run: a file of some 100 KB. */
const MOST_CELLS = 1_000;

export class UsageLedger {
  readonly #options: UsageLedgerOptions;
  readonly #folder: string;
  readonly #usages = new Map<string, NotebookUsage>();

  /** Opens the ledger. Files of notebooks that no longer exist are removed. */
  constructor(options: UsageLedgerOptions) {
    this.#options = options;
    this.#folder = join(options.dataDir, "usage");
    mkdirSync(this.#folder, { recursive: true, mode: FOLDER_MODE });
    for (const name of readdirSync(this.#folder)) {
      if (!options.has(name.replace(/\.json$/, ""))) rmSync(join(this.#folder, name), { force: true });
    }
  }

  /** Returns the cost of a notebook so far. */
  read(notebookId: string): NotebookUsage {
    const known = this.#usages.get(notebookId) ?? readUsage(this.#fileOf(notebookId));
    this.#usages.set(notebookId, known);
    return known;
  }

  /** Adds the cost of a cell. Ignores notebooks that no longer exist. */
  add(notebookId: string, { cellId, cell }: UsageEvent): void {
    if (!this.#options.has(notebookId)) return;
    const { total, cells } = this.read(notebookId);
    const { [cellId]: _before, ...others } = cells;
    const kept = [...Object.entries(others), [cellId, cell] as const].slice(-MOST_CELLS);
    const usage = { total: sum(total, cell), cells: Object.fromEntries(kept) };
    this.#usages.set(notebookId, usage);
    try {
      writePrivately(this.#fileOf(notebookId), `${JSON.stringify(usage)}\n`);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.#options.onStorageError(error);
    }
  }

  forget(notebookId: string): void {
    this.#usages.delete(notebookId);
    rmSync(this.#fileOf(notebookId), { force: true });
  }

  #fileOf(notebookId: string): string {
    return join(this.#folder, `${notebookId}.json`);
  }
}

const NOTHING: NotebookUsage = {
  total: { cells: 0, requests: 0, input: 0, cachedInput: 0, output: 0, unpriced: 0 },
  cells: {},
};

function readUsage(path: string): NotebookUsage {
  try {
    const { total, cells } = JSON.parse(readFileSync(path, "utf8"));
    const isWhole = Object.keys(NOTHING.total).every((name) => Number.isFinite(total[name]));
    return isWhole ? { total, cells: Object(cells) } : NOTHING;
  } catch {
    return NOTHING;
  }
}

/** Adds a cell to the total. The cost is that of the tokens with a known price. */
function sum(total: NotebookUsage["total"], cell: UsageTotal): NotebookUsage["total"] {
  const cost = cell.cost === undefined ? total.cost : (total.cost ?? 0) + cell.cost;
  return {
    cells: total.cells + 1,
    requests: total.requests + cell.requests,
    input: total.input + cell.input,
    cachedInput: total.cachedInput + cell.cachedInput,
    output: total.output + cell.output,
    unpriced: total.unpriced + (cell.cost === undefined ? cell.input + cell.output : 0),
    ...cost !== undefined && { cost },
  };
}
