/**
 * Sets variables of a notebook from outside, as papermill does: in a cell of their own behind the cell that is tagged `parameters`.
 *
 * @module
 */

import { type FileCell, tagsOf } from "./notebook_file.ts";

/** The tag of the cell that has the defaults, and that of the cell that sets the variables. */
const DEFAULTS = "parameters";
const INJECTED = "injected-parameters";

/** Texts that are not strings, and how Python writes them. */
const INTEGER = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?$/i;
const SPECIAL_FLOAT = /^([+-]?)(inf|infinity|nan)$/i;

/**
 * Injects a cell. It takes the place of one from an earlier run, else it follows the cell tagged `parameters`, else it is the first.
 *
 * @param cells left as they are
 * @param parameters names and values; of a name that occurs twice the last value counts
 */
export function injectParameters(
  cells: readonly FileCell[],
  parameters: readonly (readonly [name: string, value: string])[],
): FileCell[] {
  const lines = [...new Map(parameters)].map(([name, value]) => `${name} = ${pythonValue(value)}`);
  const cell: FileCell = {
    type: "code",
    source: ["# Parameters", ...lines].join("\n"),
    metadata: { tags: [INJECTED] },
    outputs: [],
  };
  const earlier = cells.findIndex((cell) => tagsOf(cell).includes(INJECTED));
  if (earlier >= 0) return cells.with(earlier, { ...cells[earlier], source: cell.source });
  const defaults = cells.findIndex((cell) => tagsOf(cell).includes(DEFAULTS));
  return cells.toSpliced(defaults + 1, 0, cell);
}

/** Writes a value as Python would: `5`, `True`, `"text"`. */
function pythonValue(text: string): string {
  if (["True", "False", "None"].includes(text) || INTEGER.test(text) || FLOAT.test(text)) {
    return INTEGER.test(text) ? text.replace(/^([+-]?)[0_]+(?=\d)/, "$1") : text;
  }
  const special = SPECIAL_FLOAT.exec(text);
  return special === null ? JSON.stringify(text) : `float("${special[1]}${special[2].toLowerCase()}")`;
}
