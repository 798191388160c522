/**
 * Writes a session to notebook files: after each cell with `--record`, and on request with `:save`.
 *
 * @module
 */

import { type HistoryEntry, wasAnswered } from "../../execution/history_entry.ts";
import type { Logger } from "../../logger.ts";
import type { DrawingThread } from "../../media/drawing_thread.ts";
import type { FileCell } from "../../nbformat/notebook_file.ts";
import { withPngs } from "../../nbformat/with_pngs.ts";
import { counted } from "../../terminal/counted.ts";
import type { CommandHost } from "../host/command_host.ts";
import { newCellId, OutputNotebook } from "../shell/output_notebook.ts";

export interface RecordedSession {
  /** All cells that have run. */
  cells: readonly HistoryEntry[];
  model: string;
}

/** The files that a session is written to. It never replaces a file that it did not create. */
export class SessionRecord {
  readonly #host: CommandHost;
  readonly #thread: DrawingThread;
  readonly #logger: Logger;
  readonly #files = new Map<string, OutputNotebook>();
  readonly #record: OutputNotebook | undefined;
  /** The notebook that `:save` without a name writes. */
  #last: OutputNotebook | undefined;
  /** The ids of the cells, kept so that each write uses the same ones. */
  readonly #ids: string[] = [];
  /** The number of cells in the record. */
  #recorded = 0;
  /** Whether the record could not be written anywhere. The next attempt is then at the end, not after the next cell. */
  #isStuck = false;

  /**
   * @param path the file of `--record`; absent without the flag
   * @throws {ConfigurationError} the file cannot be written, or it exists and is not empty
   */
  constructor(path: string | undefined, host: CommandHost, thread: DrawingThread, logger: Logger) {
    this.#host = host;
    this.#thread = thread;
    this.#logger = logger;
    this.#record = path === undefined ? undefined : this.#open(path, "--record");
    this.#last = this.#record;
  }

  /**
   * Updates the file of `--record`, if there is one. Does nothing if no cell was added.
   *
   * @param isLast whether the session has ended
   * @throws {OutputNotWrittenError} it was written to another file, which the message names
   */
  async update(session: RecordedSession, isLast: boolean): Promise<void> {
    if (this.#record === undefined || this.#recorded === session.cells.length || (this.#isStuck && !isLast)) return;
    const { length } = session.cells;
    const { path } = this.#record;
    try {
      await this.#write(this.#record, session);
      this.#recorded = length;
    } catch (error) {
      this.#isStuck = this.#record.path === path;
      throw error;
    }
  }

  /**
   * Writes the session.
   *
   * @param path a new file, or one that this session was saved to. Default: the last one
   * @returns a sentence for the user that names the file
   * @throws {ConfigurationError} the file cannot be written
   * @throws {OutputNotWrittenError} it was written to another file, which the message names
   */
  async save(path: string | undefined, session: RecordedSession): Promise<string> {
    const notebook = path === undefined ? this.#last : this.#files.get(path) ?? this.#open(path, ":save");
    if (notebook === undefined) return "Name the file: :save session.ipynb";
    if (session.cells.length === 0) return "No cell has run yet, so nothing was written.";
    this.#last = notebook;
    await this.#write(notebook, session);
    return `${counted(session.cells.length, "cell")} written to ${JSON.stringify(notebook.path)}.`;
  }

  #open(path: string, writer: string): OutputNotebook {
    const notebook = new OutputNotebook(path, this.#host, { writer, isNew: true });
    this.#files.set(path, notebook);
    return notebook;
  }

  async #write(notebook: OutputNotebook, { cells, model }: RecordedSession): Promise<void> {
    while (this.#ids.length < cells.length) this.#ids.push(newCellId());
    const written = await Promise.all(
      cells.map((cell, index) => withPngs(toFileCell(cell, this.#ids[index]), this.#thread, this.#logger)),
    );
    const whole = { metadata: {}, cells: written, renewed: new Set(written), isPartial: false };
    for (const note of notebook.write(whole, model)) {
      this.#logger.debug(`Changed in the written notebook: ${note}`);
    }
  }
}

/** Converts a cell for the file. A cell that the model did not answer was not run, so only its code is kept. */
function toFileCell(entry: HistoryEntry, id: string): FileCell {
  const cell: FileCell = { type: "code", source: entry.code, id, metadata: {}, outputs: [] };
  return wasAnswered(entry) ? { ...cell, executionCount: entry.executionCount, outputs: [...entry.outputs] } : cell;
}
