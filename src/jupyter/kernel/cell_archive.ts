/**
 * The cells that clients can request: those of this session and, if there is a history file, of earlier sessions.
 *
 * @module
 */

import type { CellOutput } from "../../execution/cell_output.ts";
import type { HistoryEntry } from "../../execution/history_entry.ts";
import type { Logger } from "../../logger.ts";
import { isPlainObject } from "../../media/json_value.ts";
import { JsonLinesFile } from "../../repl/json_lines_file.ts";

/** The number of cells that are kept. */
export const MAX_CELLS = 10_000;

/** The number of cells that a new shell knows. Each later cell analyses them: with 10,000 cells that takes ten seconds. */
export const MAX_RESTORED = 1_000;

/** The longest outputs of a cell that are written to the file, in characters of JSON. */
const MAX_OUTPUTS = 50_000;

export interface ArchivedCell extends HistoryEntry {
  /** The session's number, counted from 1. */
  session: number;
}

/** The cells of all sessions, oldest first. */
export class CellArchive {
  readonly #cells: ArchivedCell[];
  readonly #file: JsonLinesFile | undefined;
  readonly #logger: Logger;
  #session: number;
  /** Whether the session has its final number. */
  #isNumbered = false;

  private constructor(cells: ArchivedCell[], file: JsonLinesFile | undefined, logger: Logger) {
    this.#cells = cells;
    this.#file = file;
    this.#logger = logger;
    this.#session = nextSession(cells);
  }

  /**
   * Opens the archive.
   *
   * @param path the file that stores the cells; without it, only those of this session are available
   * @param logger receives warnings about lines that cannot be read, and cells that cannot be written
   * @throws the error of `node:fs`, if the file cannot be read or created
   */
  static open(path: string | undefined, logger: Logger): CellArchive {
    if (path === undefined) return new CellArchive([], undefined, logger);
    const file = new JsonLinesFile(path, { maxLines: MAX_CELLS });
    const lines = file.read();
    const cells = cellsOf(lines);
    const broken = lines.length - cells.length;
    if (broken > 0) logger.warn("lines of the history file were skipped: they are not cells", { lines: broken });
    return new CellArchive(cells, file, logger);
  }

  /** All cells, oldest first. */
  get cells(): readonly ArchivedCell[] {
    return this.#cells;
  }

  /** The cells that a new shell continues after, oldest first. */
  get restored(): readonly ArchivedCell[] {
    return this.#cells.slice(-MAX_RESTORED);
  }

  /** This session's number. It may rise with the first cell, if another kernel has added cells to the file since this one opened it. */
  get session(): number {
    return this.#session;
  }

  /** Adds a cell of this session. It is available even if it cannot be written to the file. */
  add({ executionCount, code, outputs }: HistoryEntry): void {
    const makeCell = (): ArchivedCell => ({ session: this.#session, executionCount, code, outputs });
    try {
      this.#write(makeCell);
    } catch (error) {
      this.#logger.warn("a cell could not be written to the history file", {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
    this.#cells.push(makeCell());
    if (this.#cells.length > MAX_CELLS) this.#cells.shift();
  }

  #write(makeCell: () => ArchivedCell): void {
    if (this.#isNumbered) return this.#file?.add(bounded(makeCell()));
    this.#isNumbered = true;
    this.#file?.addAfter((lines) => {
      this.#session = nextSession(cellsOf(lines));
      return bounded(makeCell());
    });
  }
}

/** Returns the number after those of the cells' sessions. Kernels may have added them in turn. */
function nextSession(cells: readonly ArchivedCell[]): number {
  return cells.reduce((highest, { session }) => Math.max(highest, session), 0) + 1;
}

/** Removes the outputs of a cell if they are too long. */
function bounded(cell: ArchivedCell): ArchivedCell {
  return JSON.stringify(cell.outputs).length <= MAX_OUTPUTS ? cell : { ...cell, outputs: [], lacksOutputs: true };
}

function cellsOf(lines: unknown[]): ArchivedCell[] {
  return lines.filter(isArchivedCell);
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
