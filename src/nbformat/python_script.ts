/**
 * Reads a Python file as cells. They begin at comments that stand at the beginning of a line, in the forms that {@linkcode
 * readCellMarker} knows: `# %%`, `# In[1]:`, `# <codecell>`; or, in a file without those, `# COMMAND ----------` or `# +`. As for Jupytext,
 * `# %%time` is no such line but a magic that has been commented out, and stays a comment; unlike for VS Code, one in a string is text.
 * A file without such lines is one cell.
 *
 * @module
 */

import { parsePython } from "../python/python_tree.ts";
import { type CellMarker, type MarkerFamily, readCellMarker } from "./cell_markers.ts";
import { commentText, isComment } from "./comment_text.ts";
import { DATABRICKS_HEADER, readDatabricksCell } from "./databricks_cell.ts";
import { readLightCells } from "./light_cells.ts";
import { type FileCell, type NotebookFile, titleOf } from "./notebook_file.ts";

/** The families in the order in which they are looked for: each but the first is a comment in files of those before it. */
const FAMILIES: readonly MarkerFamily[] = ["percent", "databricks", "light"];

/** The header of Jupytext, in YAML. */
const JUPYTEXT_HEADER = /^# ---\n(?:#.*\n)*?# ---(?=\n|$)/;

/** What converters write above the first cell. */
const CONVERTERS_HEADER =
  /^(?:#!.*\n)?# (?:-\*- )?coding: utf-8(?: -\*-)?\n(?:# <nbformat>.*\n)?|^(?:# AIPython: .*\n)+/;

/** Markdown that nbconvert has put behind a code cell, as comments. */
const TRAILING_COMMENT = /\n[ \t]*\n[ \t]*\n((?:#.*(?:\n[ \t]*)*)+)$/;

/**
 * Reads the text of a `.py` file.
 *
 * Text before the first marker is a cell of its own: of code if there is any, else (a licence, the header of Jupytext) a raw one.
 */
export function readPythonScript(text: string): NotebookFile {
  const source = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const cells = readCells(source);
  return { title: titleOf({}, cells), metadata: {}, cells, notes: [] };
}

interface PlacedMarker extends CellMarker {
  /** Where its line begins. */
  from: number;
  /** Where its line ends. */
  to: number;
  /** Whether it is nbconvert's, which writes markdown between the code. */
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

/** A marker is a comment: what looks like one inside of a string is text. */
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
