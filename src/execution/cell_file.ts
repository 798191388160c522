/**
 * A file that a cell names, in the form in which it is sent to the model.
 *
 * @module
 */

/**
 * A file that a cell names in a string, with its content when the cell ran.
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
  /** The name that cells use: `t.csv`, `data/t.csv`. */
  name: string;
  /** Identifies the content of the file: an artifact's id or a digest. The same version is described only once in a conversation. */
  version: string;
  /** The description for the model: size, columns, first and last lines, or the reason why there is no description. */
  description: string;
}
