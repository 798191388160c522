/**
 * An open notebook as the text of an `.ipynb` file.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { JsonValue } from "../../../src/media/json_value.ts";
import type { MimeBundle } from "../../../src/media/mime_bundle.ts";
import { isTextType } from "../../../src/media/mime_type.ts";
import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import { writeNotebook } from "../../../src/nbformat/write_notebook.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { type MediaContainer, type Representations, shownRepresentations } from "../../../src/notebook/schema/media.ts";
import { artifactUrl } from "../api/api.ts";
import { type CellRow, cellsInOrder, numberOf, outputsOf } from "../store/queries.ts";
import { readOutputs, type ShownOutput } from "../store/read_outputs.ts";

/** Writes the file, as the cells have shown their outputs; pictures that were uploaded are fetched and put into it. */
export async function writeFile(notebook: NotebookStore, title: string): Promise<string> {
  const cells = await Promise.all(notebook.query(cellsInOrder).map((cell) => toFileCell(notebook, cell)));
  return writeNotebook({ metadata: { title }, cells }, () => crypto.randomUUID()).text;
}

async function toFileCell(notebook: NotebookStore, cell: CellRow): Promise<FileCell> {
  const { id, cellType, source } = cell;
  const type = cellType === "code" || cellType === "markdown" ? cellType : "raw";
  if (type !== "code") return { type, id, source, metadata: {}, outputs: [] };
  const executionCount = notebook.query(numberOf(id))[0] ?? undefined;
  const outputs = await Promise.all(readOutputs(notebook.query(outputsOf(id))).map(toFileOutput));
  return { type, id, source, metadata: {}, outputs, ...executionCount === undefined ? {} : { executionCount } };
}

async function toFileOutput(output: ShownOutput): Promise<CellOutput> {
  switch (output.kind) {
    case "stream":
      return { type: "stream", name: output.name, text: output.text };
    case "error": {
      const { ename, evalue, traceback } = output;
      return { type: "error", ename, evalue, traceback };
    }
    case "rich":
      return {
        type: output.isResult ? "execute_result" : "display_data",
        ...await toBundle(output.representations),
      };
  }
}

async function toBundle(representations: Representations) {
  const data: MimeBundle = {};
  const metadata: Record<string, JsonValue> = {};
  for (const [mimeType, container] of Object.entries(shownRepresentations(representations))) {
    const content = await contentOf(mimeType, container);
    if (content === undefined) continue;
    data[mimeType] = content;
    // The file has the content, and needs no address.
    const { fileUrl: _, ...notes } = container.metadata ?? {};
    if (Object.keys(notes).length > 0) metadata[mimeType] = notes as JsonValue;
  }
  return { data, metadata };
}

/** What cannot be fetched is left out. */
async function contentOf(mimeType: string, container: MediaContainer): Promise<JsonValue | undefined> {
  if (container.type === "inline") return container.data;
  const response = await fetch(artifactUrl(container.artifactId));
  if (!response.ok) return undefined;
  return isTextType(mimeType) ? await response.text() : toBase64(new Uint8Array(await response.arrayBuffer()));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
