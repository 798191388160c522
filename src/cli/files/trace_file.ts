/**
 * The file of `--trace`: what the model was asked for each cell and what it answered, one JSON object a line.
 *
 * @module
 */

import type { CellTrace } from "../../execution/trace/cell_trace.ts";
import type { Logger } from "../../logger.ts";
import { JsonLinesFile } from "../../repl/json_lines_file.ts";
import { fileProblem } from "./file_problem.ts";
import { unusableFile } from "./unusable_file.ts";

/** The flag that names the file. */
export const traceFlag = {
  flag: "trace",
  placeholder: "FILE",
  help:
    "Add a line of JSON to FILE for each cell: what the model was asked and what it answered. See aipython trace --help.",
} as const;

/** The file, which others may add to at the same time. */
export class TraceFile {
  readonly #path: string;
  readonly #file: JsonLinesFile;
  readonly #logger: Logger;
  /** Why the last record was not written. */
  #problem: string | undefined;

  /**
   * Opens the file, or makes it for its owner alone. What it holds stays.
   *
   * @throws {ConfigurationError} it cannot be read and written
   */
  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#file = new JsonLinesFile(path);
    this.#logger = logger;
    try {
      this.#file.create();
    } catch (error) {
      throw unusableFile(`cannot write ${JSON.stringify(path)}, the file of --trace: ${fileProblem(error, "write")}`);
    }
  }

  /** Adds a record. One that cannot be written is lost, which is logged once for each reason. */
  add(trace: CellTrace): void {
    try {
      this.#file.add(trace);
      this.#problem = undefined;
    } catch (error) {
      const problem = fileProblem(error, "write");
      if (problem !== this.#problem) {
        this.#logger.warn(
          `The record of a cell is not in ${JSON.stringify(this.#path)}, the file of --trace: ${problem}`,
        );
      }
      this.#problem = problem;
    }
  }
}
