/**
 * Which files the cells of a notebook mean by the names in their code: those that these names stood for when a cell was started.
 *
 * @module
 */

import { Schema } from "@livestore/utils/effect";
import { mentionedFiles } from "../../files/mentioned_files.ts";
import { namedFiles } from "../../python/named_files.ts";
import type { NotebookStore } from "../notebook_store.ts";

/** How many changes of files before a cell are looked through for names: a notebook may have any number of them. */
const MOST_CHANGES = 2_000;
/** How many files of a cell are read, those that its code names first. */
const MOST_FILES = 20;

const Row = Schema.Struct({
  name: Schema.String,
  artifactId: Schema.String,
  /** What its uploader has said that it is. */
  mimeType: Schema.String,
  /** Whether it had been deleted. */
  isDeleted: Schema.transform(Schema.Number, Schema.Boolean, { decode: (number) => number === 1, encode: Number }),
});

/** A file that code names, as it was at a point in the log. */
export type NamedFile = typeof Row.Type;

/** What an execution ran. */
export interface RanCell {
  /** What the cell held: `code`, `ai`. */
  cellType: string;
  /** Its code, or its question. */
  source: string;
}

/** Reads what executions ran, by their requests. */
export function readRanCells(notebook: NotebookStore, queueIds: readonly string[]): ReadonlyMap<string, RanCell> {
  return new Map(notebook.select(ranBy(queueIds)).map(({ queueId, ...cell }) => [queueId, cell]));
}

/**
 * Reads the names that have stood for files.
 *
 * @param fileChanges the last change of a file that counts, by its ordinal
 */
export function readFileNames(notebook: NotebookStore, fileChanges: number): readonly string[] {
  return notebook.select(changedNames(fileChanges)).map(({ fileName }) => fileName);
}

/**
 * Reads the files that code names or a question mentions, in the order in which it does.
 *
 * @param fileNames what {@linkcode readFileNames} has read at the same point
 * @param fileChanges the last change of a file that counts, by its ordinal
 */
export function readNamedFiles(
  notebook: NotebookStore,
  { cellType, source }: RanCell,
  fileNames: readonly string[],
  fileChanges: number,
): readonly NamedFile[] {
  const find = cellType === "ai" ? mentionedFiles : namedFiles;
  const names = find(source, fileNames).slice(0, MOST_FILES);
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
    bindValues: { fileChanges, before: fileChanges - MOST_CHANGES },
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
