/**
 * The actions of a person on the files of a notebook, as events of the contract.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { LARGEST_ARTIFACT, type Upload } from "../file/artifact_content.ts";
import { dataFileName, dataFileType, readingCode } from "../file/data_file.ts";
import { type FileRow, files } from "../store/queries.ts";
import type { NotebookActions } from "./notebook_actions.ts";

export interface NotebookFilesOptions {
  notebook: NotebookStore;
  /** Adds the cells that read files. */
  actions: NotebookActions;
  userId: string;
  /** Stores a file's bytes on the server. */
  upload: Upload;
}

export class NotebookFiles {
  readonly #options: NotebookFilesOptions;

  constructor(options: NotebookFilesOptions) {
    this.#options = options;
  }

  /**
   * Uploads a file. If it is a table with a new name, a cell that reads it is added.
   *
   * @param index the position of that cell
   * @returns the id of the cell that was added
   * @throws {Error} if the file is not uploaded; the message gives the reason and a remedy
   */
  async add(file: File, index: number): Promise<string | undefined> {
    const { notebook, actions, userId, upload } = this.#options;
    const fileName = dataFileName(file.name);
    const mimeType = dataFileType(file);
    const artifactId = await upload(mimeType, await readBytes(file));
    const isNew = !notebook.query(files).some((row) => row.fileName === fileName);
    notebook.commit(
      events.fileUploaded({ artifactId, mimeType, fileName, createdAt: new Date(), createdBy: userId }),
    );
    actions.drafts.flushAll();
    const { cells } = actions;
    const earlier = cells.slice(0, index).filter(({ cellType }) => cellType === "code").map(({ source }) => source);
    const code = isNew ? readingCode(fileName, earlier) : undefined;
    return code === undefined ? undefined : actions.addCell(Math.min(index, cells.length), "code", code);
  }

  /** Deletes a file. Cells that name it will not find it. */
  delete(fileName: string): void {
    this.#options.notebook.commit(events.fileDeleted2({ fileName, deletedAt: new Date() }));
  }

  restore({ artifactId, mimeType, fileName, createdAt, createdBy, fileUrl }: FileRow): void {
    const url = fileUrl === null ? {} : { fileUrl };
    this.#options.notebook.commit(
      events.fileUploaded({ artifactId, mimeType, fileName, createdAt, createdBy, ...url }),
    );
  }
}

async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > LARGEST_ARTIFACT) {
    const size = (file.size / 1024 / 1024).toFixed(1);
    throw new Error(`it has ${size} MiB, and a file may have 16 MiB. Split it, or leave out what is not needed.`);
  }
  if (file.size === 0) throw new Error("it is empty.");
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error("it cannot be read: it is a folder, or was changed or removed meanwhile. Choose it again.");
  }
}
