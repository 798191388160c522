/**
 * Saves the pictures of outputs as files.
 *
 * @module
 */

import type { DrawingThread } from "../../media/drawing_thread.ts";
import type { MimeBundle } from "../../media/mime_bundle.ts";
import type { Logger } from "../../logger.ts";
import { pictureFile } from "../../media/picture_file.ts";
import type { CommandHost } from "../host/command_host.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";

/** Saves pictures to a folder: `cell-3-1.png` is the first picture of `In [3]`. */
export class ShellPictures {
  readonly #host: Pick<CommandHost, "makeFolder" | "writeFile">;
  readonly #thread: DrawingThread;
  readonly #logger: Logger;
  readonly #numbers = new Map<number, number>();
  #folder: string | undefined;

  /**
   * @param folder the path of the folder. Default: a temporary folder, created for the first picture
   * @throws {ConfigurationError} the folder cannot be used
   */
  constructor(
    folder: string | undefined,
    host: Pick<CommandHost, "makeFolder" | "writeFile">,
    thread: DrawingThread,
    logger: Logger,
  ) {
    this.#host = host;
    this.#thread = thread;
    this.#logger = logger;
    if (folder === undefined) return;
    try {
      this.#folder = host.makeFolder(folder);
    } catch (error) {
      throw unusableFile(`cannot save pictures in ${JSON.stringify(folder)}: ${fileProblem(error, "write")}`);
    }
  }

  /**
   * Saves the picture of a bundle.
   *
   * @param data a bundle with a picture
   * @returns the path of the file; `undefined` if the picture cannot be saved, which is logged. Never rejects
   */
  async keep(data: MimeBundle, executionCount: number): Promise<string | undefined> {
    const number = (this.#numbers.get(executionCount) ?? 0) + 1;
    this.#numbers.set(executionCount, number);
    try {
      const file = await pictureFile(data, this.#thread, this.#logger);
      if (file === undefined) return undefined;
      this.#folder ??= this.#host.makeFolder();
      const path = `${this.#folder}/cell-${executionCount}-${number}.${file.ending}`;
      this.#host.writeFile(path, file.content);
      return path;
    } catch (error) {
      const advice = "a picture could not be saved as a file; --pictures DIR chooses another folder";
      this.#logger.warn(advice, { reason: fileProblem(error, "write") });
      return undefined;
    }
  }
}
