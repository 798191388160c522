/**
 * Cells that were copied. They are kept in the page, and in the browser for its other tabs; their texts are on the system's clipboard
 * besides, and a text that comes from there becomes a cell.
 *
 * @module
 */

import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { portableText } from "../../../src/media/portable_text.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { type PageCell, readQuestions } from "../file/ai_cells.ts";
import { readOpenNotebook } from "../file/read_open_notebook.ts";
import { fileText } from "../file/write_file.ts";
import { type CellRow, cellsInOrder } from "../store/queries.ts";
import { readSystemText, writeSystemText } from "./system_clipboard.ts";

/** The key under which the browser keeps them. */
const KEY = "aipython.cells";

/** Copied cells. */
export interface CopiedCells {
  /** Tells one copy from another. */
  stamp: string;
  /** Their texts, as they are on the system's clipboard. */
  text: string;
  /** Whether the system took the text. */
  isOnSystem: boolean;
  /** The types of the cells; files know fewer. */
  types: readonly string[];
  /** The cells as the text of an `.ipynb` file: their sources, outputs, metadata and attachments. */
  file: string;
}

/** What became of a copy. */
export interface CopyReport {
  count: number;
  /** What is missing in it; a sentence. */
  problem?: string;
}

let held: CopiedCells | undefined;

/** The texts of cells as one. */
export function textOfCells(sources: readonly string[]): string {
  return sources.join("\n\n");
}

/** Copies cells of a notebook; what was typed into them must have been committed. */
export async function copyCells(notebook: NotebookStore, ids: ReadonlySet<string>): Promise<CopyReport> {
  const rows = notebook.query(cellsInOrder).filter(({ id }: CellRow) => ids.has(id));
  const text = textOfCells(rows.map(({ source }) => source));
  const isWritten = writeSystemText(text);
  const { missing, ...read } = await readOpenNotebook(notebook, "", undefined, ids);
  const copied: CopiedCells = {
    stamp: crypto.randomUUID(),
    text,
    isOnSystem: await isWritten,
    types: rows.map(({ cellType }) => cellType),
    file: fileText(read),
  };
  held = copied;
  const bare = { ...copied, file: fileText({ ...read, cells: read.cells.map((cell) => ({ ...cell, outputs: [] })) }) };
  const isWhole = store(copied) || !store(bare);
  const problem = missing.length > 0
    ? `The copy is without ${[...new Set(missing)].join(", ")}: the server did not give it.`
    : isWhole
    ? undefined
    : "Other tabs get the cells without their outputs, which are too large for that.";
  return { count: rows.length, problem };
}

/**
 * What is to be pasted: what was copied last, here, in another tab, or elsewhere.
 *
 * @param given the text of the system's clipboard, where the browser has handed it over. Default: it is read if that is allowed
 */
export async function copiedCells(given?: string): Promise<CopiedCells | undefined> {
  const stored = load();
  const own = stored === undefined || stored.stamp === held?.stamp ? held : stored;
  const text = plainText(given ?? await readSystemText() ?? "");
  const isOwn = own !== undefined &&
    (text === "" || text === plainText(own.text) || !own.isOnSystem && given === undefined);
  if (isOwn) return own;
  return text.trim() === "" ? undefined : ofText(text);
}

/** Reads the cells. */
export function readCopied({ file }: CopiedCells): PageCell[] {
  return readQuestions(readNotebook(file).cells);
}

/** A text from elsewhere as one cell of code. */
function ofText(source: string): CopiedCells {
  const cell: FileCell = { type: "code", source, metadata: {}, outputs: [] };
  return {
    stamp: crypto.randomUUID(),
    text: source,
    isOnSystem: true,
    types: ["code"],
    file: fileText({ metadata: {}, cells: [cell] }),
  };
}

/** A system may have other line breaks, and no NUL. */
function plainText(text: string): string {
  return portableText(text.replace(/\r\n?/g, "\n"));
}

function store(copied: CopiedCells): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(copied));
    return true;
  } catch {
    return false;
  }
}

function load(): CopiedCells | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === null ? undefined : JSON.parse(stored);
  } catch {
    return undefined;
  }
}
