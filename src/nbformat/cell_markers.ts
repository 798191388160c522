/**
 * Parses the comments that begin a cell in a Python file, in the formats of various editors and converters.
 *
 * @module
 */

import { type MarkerOptions, readMarkerOptions } from "./marker_options.ts";

/** The families of markers. A file uses the markers of one family. */
export type MarkerFamily = "percent" | "databricks" | "light";

/** A comment that begins a cell. */
export interface CellMarker extends MarkerOptions {
  family: MarkerFamily;
  /** The level of the heading, if the cell's text is one. */
  heading?: number;
  /** Whether it ends a cell of the light format. The text after it has no marker. */
  isEnd?: true;
}

/** Jupytext, VS Code, Spyder, PyCharm, Hydrogen: `# %%`, `#%%`. Spyder uses `# %%%` for nested cells. `# %%time` is a magic. */
const PERCENT = /^#[ \t]*%%+(?:[ \t]+(.*))?$/;

/** nbconvert: `# In[1]:`, which VS Code accepts too. */
const PROMPT = /^#[ \t]*In[ \t]?\[[ \t\d*]*\]:?$/;

/** IPython's export before nbconvert, and Spyder: `# <codecell>`. */
const ANGLE = /^#[ \t]*<(code|markdown|raw|html|heading)cell(?:[ \t]+level=(\d))?>$/;

/** Databricks: `# COMMAND ----------`. */
const COMMAND = /^#[ \t]*COMMAND -{10,}$/;

/** Jupytext's light format: `# +` begins a cell, `# -` ends it. */
const LIGHT = /^#[ \t]*\+(?:[ \t]+(.*))?$/;
const LIGHT_END = /^#[ \t]*-$/;

/** Parses a comment at the beginning of a line; returns `undefined` if it does not begin or end a cell. */
export function readCellMarker(comment: string): CellMarker | undefined {
  const text = comment.trimEnd();
  const percent = PERCENT.exec(text);
  if (percent !== null) return { family: "percent", ...readMarkerOptions(percent[1] ?? "") };
  if (PROMPT.test(text)) return { family: "percent", type: "code", metadata: {} };
  const angle = ANGLE.exec(text);
  if (angle !== null) return readAngle(angle[1], angle[2]);
  if (COMMAND.test(text)) return { family: "databricks", type: "code", metadata: {} };
  const light = LIGHT.exec(text);
  if (light !== null) return { family: "light", ...readMarkerOptions(light[1] ?? "") };
  if (LIGHT_END.test(text)) return { family: "light", type: "code", metadata: {}, isEnd: true };
}

function readAngle(kind: string, level = "1"): CellMarker {
  const marker = { family: "percent", metadata: {} } as const;
  switch (kind) {
    case "code":
      return { ...marker, type: "code" };
    case "raw":
      return { ...marker, type: "raw" };
    case "heading":
      return { ...marker, type: "markdown", heading: Math.max(1, Number(level)) };
    default:
      return { ...marker, type: "markdown" };
  }
}
