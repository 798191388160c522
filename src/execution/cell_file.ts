/**
 * A file that a cell names, as the model is told of it.
 *
 * @module
 */

/**
 * A file that a cell names in a string, as it was when the cell ran.
 *
 * ```ts
 * import { type CellFile, createModel, InteractiveShell } from "@runt/aipython-runtime-agent";
 *
 * const eggs: CellFile = { name: "eggs.csv", version: "1", description: "CSV, 2 rows:\nkind,minutes\nsoft,4\nhard,9" };
 * const shell = new InteractiveShell({
 *   model: await createModel(),
 *   filesOf: (code) => Promise.resolve(code.includes(eggs.name) ? [eggs] : []),
 * });
 * await shell.runCell('open("eggs.csv").read()');
 * ```
 */
export interface CellFile {
  /** The name by which cells call it: `t.csv`, `data/t.csv`. */
  name: string;
  /** Tells one content of that name from another: an artifact's id, or a digest. What was told under a version is not told again. */
  version: string;
  /** What the model is told: size, columns, first and last lines, or why there is nothing to tell. */
  description: string;
}
