/**
 * Writes the notebook of `aipython run --output` and of a session. That it can be written is checked first, and that nobody else has
 * changed it meanwhile before it is replaced.
 *
 * @module
 */

import { join } from "node:path";
import { AIPythonError } from "../../errors.ts";
import type { FileCell, NotebookFile } from "../../nbformat/notebook_file.ts";
import { writeNotebook } from "../../nbformat/write_notebook.ts";
import { errorCode } from "../files/error_code.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";
import type { CommandHost } from "../host/command_host.ts";

/** The output notebook could not be written to its path. */
export class OutputNotWrittenError extends AIPythonError {
  /** The class's name. */
  readonly name = "OutputNotWrittenError";
}

/** What the output needs of the process. */
type OutputHost = Pick<
  CommandHost,
  "checkReplaceable" | "refuges" | "readFile" | "replaceFile" | "writeFile" | "writeOutput"
>;

/** A notebook after a run. */
export interface RunNotebook {
  /** Its metadata, as the file had it. */
  metadata: NotebookFile["metadata"];
  /** Its cells as they stand after the run. */
  cells: readonly FileCell[];
  /** The cells that have new outputs. */
  renewed: ReadonlySet<FileCell>;
  /** Whether others were to run as well, and have kept their outputs. */
  isPartial: boolean;
}

/** Standard output, as a path. */
export const STDOUT = "-";

/** How an output notebook is opened. */
export interface OutputNotebookOptions {
  /** The flag or command that writes it, for messages. */
  writer: string;
  /** Whether a file that is there and holds something is refused. Default: it is replaced. */
  isNew?: boolean;
}

/** The output notebook of a run or a session. */
export class OutputNotebook {
  #path: string;
  readonly #host: OutputHost;
  /** What the file held when the run began, or what was written last; absent if there is none. */
  #before: Uint8Array | undefined;

  /**
   * @param path the path of the notebook, or `-` for standard output, which is no new file
   * @throws {ConfigurationError} it cannot be written there
   */
  constructor(path: string, host: OutputHost, { writer, isNew = false }: OutputNotebookOptions) {
    this.#path = path;
    this.#host = host;
    if (path === STDOUT && !isNew) return;
    if (!/\.ipynb$/i.test(path)) {
      throw unusableFile(`cannot write ${JSON.stringify(path)}: what ${writer} writes is a notebook, name it .ipynb`);
    }
    try {
      host.checkReplaceable(path);
    } catch (error) {
      throw unusableFile(`cannot write ${JSON.stringify(path)}: ${fileProblem(error, "write")}`);
    }
    this.#before = this.#read(path);
    if (isNew && this.#before !== undefined && this.#before.length > 0) {
      throw unusableFile(
        `${JSON.stringify(path)} is there already and is left as it is; name another file for ${writer}`,
      );
    }
  }

  /** Where it is written: a failure changes that. */
  get path(): string {
    return this.#path;
  }

  /**
   * Writes the notebook, marked as simulated by a model; after a partial run each new cell is marked. It may be written again; after a
   * failure it is written to the file that the message names.
   *
   * @param notebook the cells with their outputs so far
   * @param model the model's name
   * @returns a phrase for each part that was not valid, and was repaired or left out
   * @throws {OutputNotWrittenError} it could not be written, or somebody else has changed the file; the message names the file that
   * holds it
   */
  write({ metadata, cells, renewed, isPartial }: RunNotebook, model: string): string[] {
    const aipython = { model, simulated: true };
    const marked = cells.map((cell) => {
      if (!renewed.has(cell)) return cell;
      const { aipython: _, ...kept } = cell.metadata;
      return { ...cell, metadata: isPartial ? { ...kept, aipython } : kept };
    });
    const notebook = {
      metadata: { ...metadata, aipython: isPartial ? { ...aipython, partial: true } : aipython },
      cells: marked,
    };
    const { text, mended } = writeNotebook(notebook, newCellId);
    if (this.#path === STDOUT) this.#host.writeOutput(text);
    else this.#save(text);
    return mended;
  }

  #save(text: string): void {
    if (!isSame(this.#read(this.#path), this.#before)) this.#writeBeside(text);
    this.#replace(this.#path, text);
  }

  /** Leaves a file alone that somebody else has changed. */
  #writeBeside(text: string): never {
    const path = this.#path;
    const beside = this.#freeName();
    this.#replace(beside, text);
    throw new OutputNotWrittenError(
      `${JSON.stringify(path)} has been changed by somebody else since the run began, and is left as it is; ` +
        `the notebook with the new outputs is in ${JSON.stringify(beside)}`,
    );
  }

  #freeName(): string {
    const stem = this.#path.replace(/\.ipynb$/i, "");
    for (let number = 1;; number++) {
      const name = `${stem}.aipython${number === 1 ? "" : `-${number}`}.ipynb`;
      if (this.#read(name) === undefined) return name;
    }
  }

  #replace(path: string, text: string): void {
    try {
      this.#host.replaceFile(path, text);
      this.#remember(path, text);
    } catch (cause) {
      throw new OutputNotWrittenError(
        `cannot write ${JSON.stringify(path)}: ${fileProblem(cause, "write")}; the notebook is in ${
          this.#rescue(text)
        }`,
        { cause },
      );
    }
  }

  /** Writes the text where it can be written; returns the place. */
  #rescue(text: string): string {
    for (const folder of this.#host.refuges()) {
      try {
        const path = join(folder(), `aipython-output-${newCellId()}.ipynb`);
        this.#host.writeFile(path, text);
        this.#remember(path, text);
        return path;
      } catch {
        // The next one may be on another disk.
      }
    }
    this.#host.writeOutput(text);
    return "standard output";
  }

  #remember(path: string, text: string): void {
    this.#path = path;
    this.#before = new TextEncoder().encode(text);
  }

  /** What a file holds; `undefined` if there is none. */
  #read(path: string): Uint8Array | undefined {
    try {
      return this.#host.readFile(path);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw unusableFile(`cannot write ${JSON.stringify(path)}: ${fileProblem(error, "read")}`);
    }
  }
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined
    ? a === b
    : a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Makes a cell id as long as those of Jupyter. */
export function newCellId(): string {
  return crypto.randomUUID().slice(0, 8);
}
