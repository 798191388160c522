/**
 * Reads a Python file as cells. A cell begins at a marker, a comment at the beginning of a line that {@linkcode readCellMarker} recognizes:
 * `# %%`, `# In[1]:` or `# <codecell>`; in a file without those, `# COMMAND ----------` or `# +`. As in Jupytext, `# %%time` is not a
 * marker but a commented-out magic. Unlike in VS Code, a marker inside of a string is text. A file without markers is one cell.
 *
 * @module
 */

import { parsePython } from "../python/python_tree.ts";
import { type CellMarker, type MarkerFamily, readCellMarker } from "./cell_markers.ts";
import { commentText, isComment } from "./comment_text.ts";
import { DATABRICKS_HEADER, readDatabricksCell } from "./databricks_cell.ts";
import { readLightCells } from "./light_cells.ts";
import { type FileCell, type NotebookFile, titleOf } from "./notebook_file.ts";

/** The families in the order of the search. In a file with markers of an earlier family, those of later families are comments. */
const FAMILIES: readonly MarkerFamily[] = ["percent", "databricks", "light"];

/** The header of Jupytext, in YAML. */
const JUPYTEXT_HEADER = /^# ---\n(?:#.*\n)*?# ---(?=\n|$)/;

/** The header that converters write before the first cell. */
const CONVERTERS_HEADER =
  /^(?:#!.*\n)?# (?:-\*- )?coding: utf-8(?: -\*-)?\n(?:# <nbformat>.*\n)?|^(?:# AIPython: .*\n)+/;

/** Markdown that nbconvert has written after a code cell, as comments. */
const TRAILING_COMMENT = /\n[ \t]*\n[ \t]*\n((?:#.*(?:\n[ \t]*)*)+)$/;

/**
 * Reads the text of a `.py` file.
 *
 * Text before the first marker becomes a separate cell: a code cell if it contains code, otherwise a raw cell, for example with a licence
 * or the header of Jupytext.
 */
export function readPythonScript(text: string): NotebookFile {
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const cells = readCells(source);
  return { title: titleOf({}, cells), metadata: {}, cells, notes: [] };
}

interface PlacedMarker extends CellMarker {
  /** The offset of the beginning of its line. */
  from: number;
  /** The offset of the end of its line. */
  to: number;
  /** Whether it was written by nbconvert, which writes markdown as comments between the code. */
  isPrompt: boolean;
}

function readCells(source: string): FileCell[] {
  const found = findMarkers(source);
  const begins = found.filter(({ isEnd }) => isEnd === undefined);
  const family = FAMILIES.find((name) => begins.some((marker) => marker.family === name));
  const markers = found.filter((marker) => marker.family === family && family !== undefined);
  const preamble = trimBlankLines(source.slice(0, markers[0]?.from));
  return [
    ...readPreamble(preamble, family, markers[0]?.isPrompt ?? false),
    ...markers.flatMap((marker, index) =>
      readCell(marker, trimBlankLines(source.slice(marker.to, markers[index + 1]?.from)))
    ),
  ];
}

/** Finds the markers among the comments. Text inside of a string is not a comment. */
function findMarkers(source: string): PlacedMarker[] {
  const markers: PlacedMarker[] = [];
  const cursor = parsePython(source).cursor();
  do {
    const { name, from, to } = cursor;
    if (name !== "Comment" || (from > 0 && source[from - 1] !== "\n")) continue;
    const comment = source.slice(from, to);
    const marker = readCellMarker(comment);
    if (marker !== undefined) markers.push({ ...marker, from, to, isPrompt: /^#\s*In\b/.test(comment) });
  } while (cursor.next());
  return markers;
}

function readPreamble(text: string, family: MarkerFamily | undefined, isNbconvert: boolean): FileCell[] {
  if (family === "databricks") return text === "" ? [] : databricksCells(text.replace(DATABRICKS_HEADER, ""));
  if (family === "light") {
    const [header] = JUPYTEXT_HEADER.exec(text) ?? [];
    const cells = readLightCells(text.slice(header?.length ?? 0));
    return header === undefined ? cells : [{ type: "raw", source: header, metadata: {}, outputs: [] }, ...cells];
  }
  const rest = family === undefined ? text : trimBlankLines(`${text}\n`.replace(CONVERTERS_HEADER, ""));
  if (rest === "") return [];
  const type = family === undefined || !isComment(rest) ? "code" : isNbconvert ? "markdown" : "raw";
  return [{ type, source: type === "markdown" ? commentText(rest) : rest, metadata: {}, outputs: [] }];
}

function readCell({ family, type, metadata, heading, isEnd, isPrompt }: PlacedMarker, body: string): FileCell[] {
  if (family === "databricks") return databricksCells(body);
  if (isEnd) return readLightCells(body);
  if (heading !== undefined) {
    return [{ type, source: `${"#".repeat(heading)} ${commentText(body)}`, metadata, outputs: [] }];
  }
  if (type !== "code") return [{ type, source: commentText(body), metadata, outputs: [] }];
  const trailing = isPrompt ? TRAILING_COMMENT.exec(body) : null;
  if (trailing === null) return [{ type, source: body, metadata, outputs: [] }];
  return [
    { type, source: trimBlankLines(body.slice(0, trailing.index)), metadata, outputs: [] },
    { type: "markdown", source: commentText(trimBlankLines(trailing[1])), metadata: {}, outputs: [] },
  ];
}

function databricksCells(text: string): FileCell[] {
  return [readDatabricksCell(trimBlankLines(text))];
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
}
