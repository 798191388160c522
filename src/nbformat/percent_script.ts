/**
 * Reads a Python file as cells: the percent format of VS Code, Spyder and Jupytext.
 *
 * A cell begins at a comment `# %%` or `#%%` that stands at the beginning of a line, ends there or goes on after a space:
 * `# %% A title`. `# %% [markdown]` and `# %% [raw]` begin cells of those kinds. As for Jupytext, `# %%time` is no such line but a
 * magic that has been commented out, and stays a comment; unlike for VS Code, one in a string is text. `tags=["..."]` after the title
 * are the cell's tags. A file without such lines is one cell.
 *
 * @module
 */

import { parsePython } from "../python/python_tree.ts";
import type { JsonObject } from "./json_text.ts";
import { type FileCell, type NotebookFile, titleOf } from "./notebook_file.ts";

/** What begins a cell; what follows it is captured. */
const MARKER = /^#[ \t]*%%(?:[ \t]+(.*))?$/;

/** The kind of a cell, in its marker. */
const KIND = /\[(markdown|md|raw)\]/;

/** The tags of a cell, in its marker: a list of strings in JSON, without what no tag may hold. */
const TAGS = /\btags=(\[(?:"[^"\\,]+"(?:,[ \t]*(?=")|(?=\])))+\])/;

/** A triple-quoted string, which may hold markdown in the place of comments. */
const LONG_STRING = /^("""|''')\n?([^]*?)\n?\1$/;

/**
 * Reads the text of a `.py` file.
 *
 * Text before the first marker is a cell of its own: of code if there is any, else (a licence, the header of Jupytext) a raw one.
 */
export function readPercentScript(text: string): NotebookFile {
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const markers = findMarkers(source);
  const cells: FileCell[] = [];
  const preamble = trimBlankLines(source.slice(0, markers[0]?.from));
  if (preamble !== "") cells.push(firstCell(preamble, markers.length > 0));
  for (const [index, { to, title }] of markers.entries()) {
    cells.push(readCell(title, trimBlankLines(source.slice(to, markers[index + 1]?.from))));
  }
  return { title: titleOf({}, cells), metadata: {}, cells, notes: [] };
}

interface Marker {
  /** Where its line begins. */
  from: number;
  /** Where its line ends. */
  to: number;
  /** What stands behind the percent signs. */
  title: string;
}

/** A marker is a comment: what looks like one inside of a string is text. */
function findMarkers(source: string): Marker[] {
  const markers: Marker[] = [];
  const cursor = parsePython(source).cursor();
  do {
    const { name, from, to } = cursor;
    if (name !== "Comment" || (from > 0 && source[from - 1] !== "\n")) continue;
    const match = MARKER.exec(source.slice(from, to).trimEnd());
    if (match !== null) markers.push({ from, to, title: match[1] ?? "" });
  } while (cursor.next());
  return markers;
}

function firstCell(source: string, isFollowed: boolean): FileCell {
  const isComment = source.split("\n").every((line) => line.trim() === "" || line.startsWith("#"));
  return { type: isFollowed && isComment ? "raw" : "code", source, metadata: {}, outputs: [] };
}

function readCell(marker: string, body: string): FileCell {
  const kind = KIND.exec(marker)?.[1];
  const tags = TAGS.exec(marker)?.[1];
  const title = marker.replace(KIND, "").replace(TAGS, "").trim();
  const metadata: JsonObject = { ...title === "" ? {} : { title }, ...readTags(tags) };
  if (kind === undefined) return { type: "code", source: body, metadata, outputs: [] };
  return { type: kind === "raw" ? "raw" : "markdown", source: uncomment(body), metadata, outputs: [] };
}

function readTags(tags: string | undefined): JsonObject {
  return tags === undefined ? {} : { tags: [...new Set<string>(JSON.parse(tags))] };
}

/** The text of a cell that is not code: from comments, from a long string, or as it is. */
function uncomment(body: string): string {
  const lines = body.split("\n");
  if (lines.every((line) => line.trim() === "" || line.startsWith("#"))) {
    return lines.map((line) => line.replace(/^# ?/, "")).join("\n");
  }
  return LONG_STRING.exec(body)?.[2] ?? body;
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
