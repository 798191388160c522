/**
 * The file of `--trace`: the model's request and reply for each cell, as one JSON object per line.
 *
 * @module
 */

import type { CellTrace } from "../../execution/trace/cell_trace.ts";
import type { Logger } from "../../logger.ts";
import { JsonLinesFile } from "../../repl/json_lines_file.ts";
import { fileProblem } from "./file_problem.ts";
import { unusableFile } from "./unusable_file.ts";

export const traceFlag = {
  flag: "trace",
  placeholder: "FILE",
  help: "Append a line of JSON to FILE for each cell, with the model's request and reply. See aipython trace --help.",
} as const;

/** The file. Several processes may append to it at the same time. */
export class TraceFile {
  readonly #path: string;
  readonly #file: JsonLinesFile;
  readonly #logger: Logger;
  /** The reason why the last record was not written. */
  #problem: string | undefined;

  /**
   * Opens the file to append to it, or creates it so that only its owner can read it.
   *
   * @throws {ConfigurationError} the file cannot be read and written
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

  /** Appends a record. If it cannot be written, it is lost, and a warning is logged once for each reason. */
  add(trace: CellTrace): void {
    try {
      this.#file.add(trace);
      this.#problem = undefined;
    } catch (error) {
      const problem = fileProblem(error, "write");
      if (problem !== this.#problem) {
        this.#logger.warn(
          `The record of a cell was not written to ${JSON.stringify(this.#path)}, the file of --trace: ${problem}`,
        );
      }
      this.#problem = problem;
    }
  }
}
