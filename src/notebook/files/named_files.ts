/**
 * Finds the uploaded files that a cell's code or question names, as they were when the cell was started.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import { mentionedFiles } from "../../files/mentioned_files.ts";
import { namedFiles } from "../../python/named_files.ts";
import type { NotebookStore } from "../notebook_store.ts";

/** The number of earlier changes of files that are searched for names. A notebook may have any number of them. */
const MAX_CHANGES = 2_000;
/** The number of files that are read for a cell: the first ones that its code names. */
const MAX_FILES = 20;

const Row = Schema.Struct({
  name: Schema.String,
  artifactId: Schema.String,
  /** The MIME type, as the client that uploaded it states it. */
  mimeType: Schema.String,
  isDeleted: Schema.transform(Schema.Number, Schema.Boolean, { decode: (number) => number === 1, encode: Number }),
});

/** A file that a cell names, in the version of that time. */
export type NamedFile = typeof Row.Type;

/** The content of a cell at the time of an execution. */
export interface RanCell {
  /** The cell's type: `code` or `ai`. */
  cellType: string;
  /** The code or the question. */
  source: string;
}

/** Reads the cells that executions ran, by request. */
export function readRanCells(notebook: NotebookStore, queueIds: readonly string[]): ReadonlyMap<string, RanCell> {
  return new Map(notebook.select(ranBy(queueIds)).map(({ queueId, ...cell }) => [queueId, cell]));
}

/**
 * Reads the names of all files up to a point in time.
 *
 * @param fileChanges the ordinal of the last change that counts
 */
export function readFileNames(notebook: NotebookStore, fileChanges: number): readonly string[] {
  return notebook.select(changedNames(fileChanges)).map(({ fileName }) => fileName);
}

/**
 * Reads the files that code names or that a question mentions, in the order of their first occurrence.
 *
 * @param fileNames the result of {@linkcode readFileNames} for the same point in time
 * @param fileChanges the ordinal of the last change that counts
 */
export function readNamedFiles(
  notebook: NotebookStore,
  { cellType, source }: RanCell,
  fileNames: readonly string[],
  fileChanges: number,
): readonly NamedFile[] {
  const find = cellType === "ai" ? mentionedFiles : namedFiles;
  const names = find(source, fileNames).slice(0, MAX_FILES);
  return names.length === 0 ? [] : notebook.select(filesNamed(names, fileChanges));
}

const queriedTables: Set<string> = new Set(["aipythonFileChanges"]);

function ranBy(queueIds: readonly string[]) {
  return {
    query: `SELECT queueId, cellType, source FROM aipythonExecutions
            WHERE queueId IN (SELECT value FROM json_each($queueIds))`,
    schema: Schema.Array(Schema.Struct({ queueId: Schema.String, cellType: Schema.String, source: Schema.String })),
    queriedTables: new Set(["aipythonExecutions"]),
    bindValues: { queueIds: JSON.stringify(queueIds) },
  };
}

function changedNames(fileChanges: number) {
  return {
    query: `SELECT DISTINCT fileName FROM aipythonFileChanges WHERE ordinal > $before AND ordinal <= $fileChanges`,
    schema: Schema.Array(Schema.Struct({ fileName: Schema.String })),
    queriedTables,
    bindValues: { fileChanges, before: fileChanges - MAX_CHANGES },
  };
}

function filesNamed(names: readonly string[], fileChanges: number) {
  return {
    query: `SELECT file.fileName AS name, file.artifactId, file.mimeType, file.isDeleted
            FROM json_each($names) AS named JOIN aipythonFileChanges AS file ON file.ordinal = (
              SELECT MAX(ordinal) FROM aipythonFileChanges WHERE fileName = named.value AND ordinal <= $fileChanges
            )
            ORDER BY named.key`,
    schema: Schema.Array(Row),
    queriedTables,
    bindValues: { names: JSON.stringify(names), fileChanges },
  };
}
