/**
 * Copied cells. The page keeps them, and the browser keeps them for its other tabs. Their texts are also on the system's
 * clipboard; text that comes from there is pasted as a cell.
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

/** The key under which the browser keeps copied cells. */
const KEY = "aipython.cells";

export interface CopiedCells {
  /** Identifies this copy. */
  stamp: string;
  /** The texts of the cells, as they are on the system's clipboard. */
  text: string;
  /** Whether the system's clipboard accepted the text. */
  isOnSystem: boolean;
  /** The types of the cells. A notebook file has fewer types. */
  types: readonly string[];
  /** The cells as the text of an `.ipynb` file: their sources, outputs, metadata and attachments. */
  file: string;
}

export interface CopyReport {
  count: number;
  /** The part that is missing from the copy, as a sentence. */
  problem?: string;
}

let held: CopiedCells | undefined;

export function textOfCells(sources: readonly string[]): string {
  return sources.join("\n\n");
}

/** Copies cells of a notebook. Commit what was typed into them first. */
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
    ? `The copy is missing ${[...new Set(missing)].join(", ")}: the server did not return it.`
    : isWhole
    ? undefined
    : "Other tabs get the cells without their outputs, which are too large to share.";
  return { count: rows.length, problem };
}

/**
 * Returns the cells to paste: the last ones that were copied, in this tab, in another tab or in another program.
 *
 * @param given the text of the system's clipboard, if the browser has passed it. Default: the clipboard is read if that is
 *   allowed
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

export function readCopied({ file }: CopiedCells): PageCell[] {
  return readQuestions(readNotebook(file).cells);
}

/** Makes one code cell from a text that was copied in another program. */
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

/** Normalizes the system's line breaks and removes NUL characters. */
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
