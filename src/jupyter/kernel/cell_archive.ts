/**
 * The cells that clients can ask for: those of this session and, where they are kept in a file, of earlier ones.
 *
 * @module
 */

import type { CellOutput } from "../../execution/cell_output.ts";
import type { HistoryEntry } from "../../execution/history_entry.ts";
import type { Logger } from "../../logger.ts";
import { isPlainObject, type JsonValue } from "../../media/json_value.ts";
import type { JsonLinesFile } from "../../repl/json_lines_file.ts";

/** The most cells that are held. */
export const MAX_CELLS = 10_000;

/** The most characters of a cell's outputs, as JSON, that the file keeps. */
const MAX_OUTPUTS = 50_000;

/** A cell of a session. */
export interface ArchivedCell extends HistoryEntry {
  /** The session's number; sessions are counted from 1. */
  session: number;
}

/** The cells of all sessions, oldest first. */
export class CellArchive {
  /** This session's number. */
  readonly session: number;
  readonly #cells: ArchivedCell[];
  readonly #file: JsonLinesFile | undefined;
  readonly #logger: Logger;

  private constructor(cells: ArchivedCell[], file: JsonLinesFile | undefined, logger: Logger) {
    this.#cells = cells;
    this.#file = file;
    this.#logger = logger;
    this.session = (cells.at(-1)?.session ?? 0) + 1;
  }

  /**
   * Opens the archive.
   *
   * @param file where cells are kept; without it there are those of this session alone
   * @param logger told of lines of the file that cannot be read, and of cells that cannot be written
   * @throws as `node:fs` does: the file cannot be read or made
   */
  static open(file: JsonLinesFile | undefined, logger: Logger): CellArchive {
    const lines = file?.read() ?? [];
    const cells = lines.flatMap((line) => isArchivedCell(line) ? [line] : []);
    const broken = lines.length - cells.length;
    if (broken > 0) logger.warn("lines of the history file were skipped: they are not cells", { lines: broken });
    return new CellArchive(cells.slice(-MAX_CELLS), file, logger);
  }

  /** All cells. */
  get cells(): readonly ArchivedCell[] {
    return this.#cells;
  }

  /** Adds a cell of this session. One that cannot be written to the file is held all the same. */
  add({ executionCount, code, outputs }: HistoryEntry): void {
    const cell: ArchivedCell = { session: this.session, executionCount, code, outputs };
    this.#cells.push(cell);
    if (this.#cells.length > MAX_CELLS) this.#cells.shift();
    try {
      this.#file?.add(bounded(cell) as unknown as JsonValue);
    } catch (error) {
      this.#logger.warn("a cell could not be written to the history file", {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

/** A cell without its outputs where these are long. */
function bounded(cell: ArchivedCell): ArchivedCell {
  return JSON.stringify(cell.outputs).length <= MAX_OUTPUTS ? cell : { ...cell, outputs: [], lacksOutputs: true };
}

function isArchivedCell(line: unknown): line is ArchivedCell {
  return isPlainObject(line) && isCount(line.session) && isCount(line.executionCount) &&
    typeof line.code === "string" && Array.isArray(line.outputs) && line.outputs.every(isOutput);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isOutput(value: unknown): value is CellOutput {
  if (!isPlainObject(value)) return false;
  switch (value.type) {
    case "stream":
      return (value.name === "stdout" || value.name === "stderr") && typeof value.text === "string";
    case "execute_result":
    case "display_data":
      return isPlainObject(value.data) && (value.metadata === undefined || isPlainObject(value.metadata));
    case "error":
      return typeof value.ename === "string" && typeof value.evalue === "string" && Array.isArray(value.traceback) &&
        value.traceback.every((line) => typeof line === "string");
    default:
      return false;
  }
}
