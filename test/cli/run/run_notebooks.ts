/**
 * Notebook files for `aipython run`, and bytes that are not UTF-8.
 *
 * @module
 */

export const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

export const RECORDED = [{ output_type: "stream", name: "stdout", text: "recorded" }];

/** Returns a notebook of code cells with recorded outputs. */
export const notebook = (...sources: string[]) => notebookWith(RECORDED, ...sources);

export const notebookWith = (outputs: unknown[], ...sources: string[]) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { title: "T" },
    cells: sources.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      metadata: {},
      source,
      execution_count: 9,
      outputs,
    })),
  });
