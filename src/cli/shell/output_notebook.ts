/**
 * Writes the notebook of `aipython run --output` and of a session. It is checked at the start that the file can be written, and before the
 * file is replaced that no other program has changed it.
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
  readonly name = "OutputNotWrittenError";
}

type OutputHost = Pick<
  CommandHost,
  "checkReplaceable" | "fallbackFolders" | "readFile" | "replaceFile" | "writeFile" | "writeOutput"
>;

/** A notebook after a run. */
export interface RunNotebook {
  /** Its metadata, from the input file. */
  metadata: NotebookFile["metadata"];
  /** Its cells after the run. */
  cells: readonly FileCell[];
  /** The cells that have new outputs. */
  renewed: ReadonlySet<FileCell>;
  /** Whether some cells that were to run did not, and have kept their outputs. */
  isPartial: boolean;
}

/** The path that means standard output. */
export const STDOUT = "-";

export interface OutputNotebookOptions {
  /** The flag or command that writes the notebook, for messages. */
  writer: string;
  /** Whether to reject an existing file that is not empty. Default: false, the file is replaced. */
  isNew?: boolean;
}

export class OutputNotebook {
  #path: string;
  readonly #host: OutputHost;
  /** The content of the file when the run began or after the last write; absent if there is no file. */
  #before: Uint8Array | undefined;

  /**
   * @param path the path of the notebook; `-` means standard output, except with `isNew`
   * @throws {ConfigurationError} the notebook cannot be written there
   */
  constructor(path: string, host: OutputHost, { writer, isNew = false }: OutputNotebookOptions) {
    this.#path = path;
    this.#host = host;
    if (path === STDOUT && !isNew) return;
    if (!/\.ipynb$/i.test(path)) {
      throw unusableFile(
        `cannot write ${JSON.stringify(path)}: ${writer} writes a notebook, so its name must end in .ipynb`,
      );
    }
    try {
      host.checkReplaceable(path);
    } catch (error) {
      throw unusableFile(`cannot write ${JSON.stringify(path)}: ${fileProblem(error, "write")}`);
    }
    this.#before = this.#read(path);
    if (isNew && this.#before !== undefined && this.#before.length > 0) {
      throw unusableFile(
        `${JSON.stringify(path)} already exists and was not changed; name another file for ${writer}`,
      );
    }
  }

  /** The path of the notebook. It changes if the notebook had to be written to another file. */
  get path(): string {
    return this.#path;
  }

  /**
   * Writes the notebook, marked as simulated by a model. After a partial run each new cell is marked. The notebook can be written several
   * times. After a failure, further writes go to the file that the message names.
   *
   * @returns a phrase for each part that was not valid, and was repaired or omitted
   * @throws {OutputNotWrittenError} the file could not be written, or another program has changed it. The message names the file to which
   * the notebook was written instead
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
    const { text, repairs } = writeNotebook(notebook, newCellId);
    if (this.#path === STDOUT) this.#host.writeOutput(text);
    else this.#save(text);
    return repairs;
  }

  #save(text: string): void {
    if (!isSame(this.#read(this.#path), this.#before)) this.#writeBeside(text);
    this.#replace(this.#path, text);
  }

  /** Writes to a new file beside one that another program has changed. */
  #writeBeside(text: string): never {
    const path = this.#path;
    const beside = this.#freeName();
    this.#replace(beside, text);
    throw new OutputNotWrittenError(
      `${JSON.stringify(path)} was changed by another program since the run began, and was not overwritten; ` +
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

  /** Writes the text to the first available folder, or to standard output. Returns the location for the message. */
  #rescue(text: string): string {
    for (const folder of this.#host.fallbackFolders()) {
      try {
        const path = join(folder(), `aipython-output-${newCellId()}.ipynb`);
        this.#host.writeFile(path, text);
        this.#remember(path, text);
        return path;
      } catch {
        // The next folder may be on another disk.
      }
    }
    this.#host.writeOutput(text);
    return "standard output";
  }

  #remember(path: string, text: string): void {
    this.#path = path;
    this.#before = new TextEncoder().encode(text);
  }

  /** Returns the content of a file; `undefined` if it does not exist. */
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

/** Generates a cell id with 8 characters, as Jupyter does. */
export function newCellId(): string {
  return crypto.randomUUID().slice(0, 8);
}
