/**
 * The records of the model's requests and answers: for each cell those of its last execution. They are stored in the data folder,
 * one file per notebook, in the format that `aipython trace` reads.
 *
 * @module
 */

import { join } from "node:path";
import type { CellTrace } from "../../src/execution/trace/cell_trace.ts";
import { asTrace } from "../../src/execution/trace/parse_trace.ts";
import { JsonLinesFile } from "../../src/repl/json_lines_file.ts";
import { makePrivateFolder, writePrivately } from "./data_folder.ts";
import { StorageError } from "./storage_error.ts";

/** The most cells of a notebook that have a record. Beyond that the oldest records are dropped. */
export const MAX_CELLS = 500;

/** The most characters in the records of a notebook. A typical cell has some thousand. */
export const MAX_NOTEBOOK_CHARACTERS = 4_000_000;

/** The number of notebooks in memory. Others are read from disk when needed. */
const MAX_NOTEBOOKS = 8;

export interface TraceShelfOptions {
  dataDir: string;
  /** Whether a notebook exists. Records of others are not stored. */
  has(notebookId: string): boolean;
  /** Called with an error for a record that could not be written. The record is then in memory only. */
  onStorageError(error: StorageError): void;
}

/** A notebook's records: lines of JSON by cell id, last run at the end. */
interface NotebookTraces {
  lines: Map<string, string>;
  characters: number;
  /** The number of characters in the notebook's file. */
  fileCharacters: number;
}

export class TraceShelf {
  readonly #options: TraceShelfOptions;
  readonly #notebooks = new Map<string, NotebookTraces>();

  private constructor(options: TraceShelfOptions) {
    this.#options = options;
  }

  /** Opens the records. Files of notebooks that no longer exist are removed. */
  static async open(options: TraceShelfOptions): Promise<TraceShelf> {
    const folder = folderIn(options.dataDir);
    await makePrivateFolder(folder);
    for await (const { name } of Deno.readDir(folder)) {
      const [, id] = /^(\w+)\.jsonl$/.exec(name) ?? [];
      if (id !== undefined && !options.has(id)) await Deno.remove(join(folder, name));
    }
    return new TraceShelf(options);
  }

  /** Adds a record, which replaces the previous one of its cell. */
  add(trace: CellTrace): void {
    const { notebookId, cellId } = trace;
    if (notebookId === undefined || cellId === undefined || !this.#options.has(notebookId)) return;
    try {
      const traces = this.#of(notebookId);
      const line = JSON.stringify(trace);
      put(traces, cellId, line);
      traces.fileCharacters += line.length + 1;
      if (traces.fileCharacters > 2 * MAX_NOTEBOOK_CHARACTERS) this.#rewrite(notebookId, traces);
      else new JsonLinesFile(this.#path(notebookId)).add(trace);
    } catch (error) {
      this.#options.onStorageError(
        error instanceof StorageError ? error : new StorageError(this.#path(notebookId), error),
      );
    }
  }

  /**
   * Returns the record of a cell's last execution as JSON. `undefined` if there is none.
   *
   * @throws if the file exists but cannot be read
   */
  read(notebookId: string, cellId: string): string | undefined {
    return this.#of(notebookId).lines.get(cellId);
  }

  /**
   * Removes a notebook's records.
   *
   * @throws {StorageError} if the file cannot be removed
   */
  remove(notebookId: string): void {
    this.#notebooks.delete(notebookId);
    try {
      Deno.removeSync(this.#path(notebookId));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw new StorageError(this.#path(notebookId), error);
    }
  }

  #path(notebookId: string): string {
    return join(folderIn(this.#options.dataDir), `${notebookId}.jsonl`);
  }

  /** Returns the records of a notebook. Reads them if they are not in memory. */
  #of(notebookId: string): NotebookTraces {
    const traces = this.#notebooks.get(notebookId) ?? this.#load(notebookId);
    this.#notebooks.delete(notebookId);
    this.#notebooks.set(notebookId, traces);
    const [oldest] = this.#notebooks.keys();
    if (this.#notebooks.size > MAX_NOTEBOOKS) this.#notebooks.delete(oldest);
    return traces;
  }

  #load(notebookId: string): NotebookTraces {
    const traces: NotebookTraces = { lines: new Map(), characters: 0, fileCharacters: 0 };
    if (!exists(this.#path(notebookId))) return traces;
    for (const value of new JsonLinesFile(this.#path(notebookId)).read()) {
      const trace = asTrace(value);
      const line = JSON.stringify(value) ?? "";
      traces.fileCharacters += line.length + 1;
      if (trace?.cellId !== undefined) put(traces, trace.cellId, line);
    }
    return traces;
  }

  #rewrite(notebookId: string, traces: NotebookTraces): void {
    writePrivately(this.#path(notebookId), [...traces.lines.values()].map((line) => `${line}\n`).join(""));
    traces.fileCharacters = traces.characters + traces.lines.size;
  }
}

/** Puts a cell's record at the end, and drops the oldest ones if there are too many. */
function put(traces: NotebookTraces, cellId: string, line: string): void {
  forget(traces, cellId);
  traces.lines.set(cellId, line);
  traces.characters += line.length;
  for (const [first] of traces.lines) {
    if (traces.lines.size <= MAX_CELLS && traces.characters <= MAX_NOTEBOOK_CHARACTERS) return;
    forget(traces, first);
  }
}

function forget(traces: NotebookTraces, cellId: string): void {
  traces.characters -= traces.lines.get(cellId)?.length ?? 0;
  traces.lines.delete(cellId);
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function folderIn(dataDir: string): string {
  return join(dataDir, "traces");
}
