/**
 * Says in a file who made its outputs up, as `aipython run` does: `aipython: {model, simulated: true}` in the notebook's metadata, and
 * in those of each cell that was answered here.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject } from "../../../src/nbformat/json_text.ts";
import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import type { Answerer } from "../store/answerers.ts";

/** A notebook, as far as it is marked. */
export interface MarkedNotebook {
  metadata: JsonObject;
  cells: FileCell[];
}

/**
 * Marks a notebook. Cells that were not answered here keep the mark that they came with.
 *
 * @param answerers who answered each cell here, in the order of the cells; absent for a cell that was not run here
 * @param latest who answered last
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
  const told = latest.isAIPython ? markOf(latest) : { simulated: true };
  const isMixed = marked.some((cell) => cell.outputs.length > 0 && modelOf(cell.metadata.aipython) !== modelOf(told));
  return { metadata: { ...rest, aipython: isMixed ? { ...told, partial: true } : told }, cells: marked };
}

/** Who made a notebook's outputs up, in words: `gpt-4o-mini`, `a language model`; `undefined` when nothing says that they are. */
export function simulatorsOf({ metadata, cells }: MarkedNotebook): string | undefined {
  const marks = [metadata.aipython, ...cells.map((cell) => cell.metadata.aipython)].filter(isMark);
  if (marks.length === 0) return undefined;
  const models = new Set(marks.map(({ model }) => model).filter((model) => typeof model === "string"));
  return models.size === 0 ? UNKNOWN : [...models].join(" and ");
}

/** Who made a cell's outputs up, in words; `undefined` when nothing says that they are. */
export function simulatorOf({ metadata, cells }: MarkedNotebook, index: number): string | undefined {
  const cell = cells[index];
  const given = metadata.aipython;
  const inherited = isMark(given) && given.partial !== true && cell.outputs.length > 0 ? given : undefined;
  const mark = isMark(cell.metadata.aipython) ? cell.metadata.aipython : inherited;
  if (mark === undefined) return undefined;
  return typeof mark.model === "string" ? mark.model : UNKNOWN;
}

/** A model of which nobody has noted the name. */
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

/** `null` for a cell that no model is said to have answered. */
function modelOf(mark: FileJson | undefined): FileJson | undefined {
  return isMark(mark) ? mark.model : null;
}
