/**
 * Writes the notebook of `aipython run --output`. That it can be written is checked before a model is asked.
 *
 * @module
 */

import { AIPythonError } from "../../errors.ts";
import type { NotebookFile } from "../../nbformat/notebook_file.ts";
import { writeNotebook } from "../../nbformat/write_notebook.ts";
import type { CommandHost } from "../host/command_host.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";

/** The output notebook could not be written to its path. */
export class OutputNotWrittenError extends AIPythonError {
  /** The class's name. */
  readonly name = "OutputNotWrittenError";
}

/** The output notebook of a run. */
export class RunOutput {
  readonly #path: string;
  readonly #host: Pick<CommandHost, "makeFolder" | "replaceFile" | "writeFile">;

  /**
   * @param path the path of the notebook; an existing one is replaced
   * @throws {ConfigurationError} it cannot be written there
   */
  constructor(
    path: string,
    host: Pick<CommandHost, "checkReplaceable" | "makeFolder" | "replaceFile" | "writeFile">,
  ) {
    this.#path = path;
    this.#host = host;
    if (!/\.ipynb$/i.test(path)) {
      throw unusableFile(`cannot write ${JSON.stringify(path)}: what --output writes is a notebook, name it .ipynb`);
    }
    try {
      host.checkReplaceable(path);
    } catch (error) {
      throw unusableFile(`cannot write ${JSON.stringify(path)}: ${fileProblem(error, "write")}`);
    }
  }

  /**
   * Writes the notebook, marked as simulated by a model.
   *
   * @param notebook the cells with their outputs so far
   * @param model the model's name
   * @throws {OutputNotWrittenError} it could not be written; the message names the temporary file that holds it
   */
  write({ metadata, cells }: Pick<NotebookFile, "metadata" | "cells">, model: string): void {
    const aipython = { model, simulated: true };
    const text = writeNotebook({ metadata: { ...metadata, aipython }, cells }, newCellId);
    try {
      this.#host.replaceFile(this.#path, text);
    } catch (cause) {
      const refuge = `${this.#host.makeFolder()}/output.ipynb`;
      this.#host.writeFile(refuge, text);
      throw new OutputNotWrittenError(
        `cannot write ${JSON.stringify(this.#path)}: ${fileProblem(cause, "write")}; the notebook is in ${refuge}`,
        { cause },
      );
    }
  }
}

/** Makes a cell id as long as those of Jupyter. */
function newCellId(): string {
  return crypto.randomUUID().slice(0, 8);
}
