/**
 * Marks simulated outputs in a file as `aipython run` does: `aipython: {model, simulated: true}` in the notebook's metadata, and
 * in the metadata of each cell that was answered here.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "../../../src/nbformat/json_text.ts";
import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import type { Answerer } from "../store/answerers.ts";

/** The parts of a notebook that carry marks. */
export interface MarkedNotebook {
  metadata: JsonObject;
  cells: FileCell[];
}

/**
 * Marks a notebook. Cells that were not answered here keep the marks from their file.
 *
 * @param answerers the runtime that answered each cell, in the order of the cells; absent for a cell that was not run here
 * @param latest the runtime that answered last
 */
export function markSimulated(
  { metadata, cells }: MarkedNotebook,
  answerers: readonly (Answerer | undefined)[],
  latest: Answerer | undefined,
): MarkedNotebook {
  if (latest === undefined) return { metadata, cells };
  const { aipython: given, ...rest } = metadata;
  const whole = isJsonObject(given) && given.partial !== true ? given : undefined;
  const marked = cells.map((cell, index) => {
    const { aipython: own, ...others } = cell.metadata;
    const answerer = answerers[index];
    const mark = answerer === undefined
      ? own ?? (cell.outputs.length > 0 ? whole : undefined)
      : answerer.isAIPython
      ? markOf(answerer)
      : undefined;
    return { ...cell, metadata: mark === undefined ? others : { ...others, aipython: mark } };
  });
  if (!latest.isAIPython && !marked.some(isSimulated)) return { metadata: rest, cells: marked };
  const notebookMark = latest.isAIPython ? markOf(latest) : { simulated: true };
  const isMixed = marked.some((cell) =>
    cell.outputs.length > 0 && modelOf(cell.metadata.aipython) !== modelOf(notebookMark)
  );
  return {
    metadata: { ...rest, aipython: isMixed ? { ...notebookMark, partial: true } : notebookMark },
    cells: marked,
  };
}

/** Names the models that simulated a notebook's outputs: `gpt-4o-mini`, `a language model`. `undefined` if no output is marked. */
export function simulatorsOf({ metadata, cells }: MarkedNotebook): string | undefined {
  const marks = [metadata.aipython, ...cells.map((cell) => cell.metadata.aipython)].filter(isMark);
  if (marks.length === 0) return undefined;
  const models = new Set(marks.map(({ model }) => model).filter((model) => typeof model === "string"));
  return models.size === 0 ? UNKNOWN : [...models].join(" and ");
}

/** Names the model that simulated a cell's outputs. `undefined` if they are not marked. */
export function simulatorOf({ metadata, cells }: MarkedNotebook, index: number): string | undefined {
  const cell = cells[index];
  const given = metadata.aipython;
  const inherited = isMark(given) && given.partial !== true && cell.outputs.length > 0 ? given : undefined;
  const mark = isMark(cell.metadata.aipython) ? cell.metadata.aipython : inherited;
  if (mark === undefined) return undefined;
  return typeof mark.model === "string" ? mark.model : UNKNOWN;
}

/** The name for a model whose name is unknown. */
const UNKNOWN = "a language model";

function markOf({ model }: Answerer): JsonObject {
  return model === undefined ? { simulated: true } : { model, simulated: true };
}

function isMark(value: FileJson | undefined): value is JsonObject {
  return isJsonObject(value) && value.simulated === true;
}

function isSimulated({ metadata }: FileCell): boolean {
  return isMark(metadata.aipython);
}

/** Returns the model in a mark: `null` if the mark names none, `undefined` without a mark. */
function modelOf(mark: FileJson | undefined): FileJson | undefined {
  return isMark(mark) ? mark.model : null;
}
