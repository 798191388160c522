/**
 * The examples on the home page.
 *
 * @module
 */

import { readNotebook } from "../../src/nbformat/read_notebook.ts";

const folder = new URL("../../examples/", import.meta.url);

export interface Example {
  /** The name of the file without the extension. */
  name: string;
  title: string;
  /** The purpose in a sentence: the first paragraph below the title. */
  summary: string;
  cells: number;
}

/** The first examples in the gallery. Other files in the folder follow. */
const FIRST = ["tour", "recursion", "data_story", "reading_a_traceback"];

export async function listExamples(): Promise<Example[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const names = entries.map(({ name }) => /^(\w+)\.ipynb$/.exec(name)?.[1]).filter((name) => name !== undefined);
  const rank = (name: string) => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1);
  names.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return await Promise.all(names.map(async (name) => {
    const { title, cells } = readNotebook(await readExample(name));
    const summary = cells[0]?.source.split(/\n\s*\n/)[1]?.replace(/\s+/g, " ").trim() ?? "";
    return { name, title, summary, cells: cells.length };
  }));
}

export async function readExample(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`${encodeURIComponent(name)}.ipynb`, folder));
}
