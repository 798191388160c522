/**
 * Makes a notebook on the server, fills it, and goes to it.
 *
 * @module
 */

import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { api, type Site } from "../api/api.ts";
import { fillNotebook, type NotebookContents } from "../file/fill_notebook.ts";
import { goTo, notebookPath } from "../navigation/use_location.ts";
import { handOver, NotebookSession } from "../store/notebook_session.ts";

/**
 * Makes a notebook with these contents, and goes to it.
 *
 * @throws {ApiError} when the server does not take it
 */
export async function createNotebook(contents: NotebookContents, { userId }: Site): Promise<void> {
  const { id } = await api.createNotebook(contents.title);
  const session = new NotebookSession(id);
  fillNotebook(await session.notebook, id, contents, userId);
  handOver(id, session);
  goTo(notebookPath(id));
  await api.changeNotebook(id, { cells: contents.cells.length });
}

/**
 * Reads a file that a person has chosen.
 *
 * @throws {NotebookFileError} when it is no notebook
 */
export async function readFile(file: File): Promise<NotebookContents> {
  const { title, cells } = readNotebook(await file.text());
  return { title: title === "Untitled" ? file.name.replace(/\.ipynb$/i, "") : title, cells };
}

/** An example, without its outputs: it is there to be run. */
export async function readExample(name: string): Promise<NotebookContents> {
  const { title, cells } = readNotebook(await api.example(name));
  return { title, cells: cells.map((cell) => ({ ...cell, outputs: [] })) };
}
