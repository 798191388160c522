/**
 * Converts an open notebook to the data of a file, including what came from its original file and what was uploaded.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { JsonValue } from "../../../src/media/json_value.ts";
import type { MimeBundle } from "../../../src/media/mime_bundle.ts";
import { portableText } from "../../../src/media/portable_text.ts";
import { isJsonObject, type JsonObject, toPlainJson } from "../../../src/nbformat/json_text.ts";
import { multiline } from "../../../src/nbformat/multiline.ts";
import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import { readOutput } from "../../../src/nbformat/read_output.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { type MediaContainer, type Representations, shownRepresentations } from "../../../src/notebook/schema/media.ts";
import { api } from "../api/api.ts";
import { readAnswerers } from "../store/answerers.ts";
import { outputRows } from "../store/output_rows.ts";
import { type CellRow, cellsInOrder, keptUnder, numberOf } from "../store/queries.ts";
import { readOutputs, type ShownOutput } from "../store/read_outputs.ts";
import { contentOfBytes, type Download } from "./artifact_content.ts";
import { type PageCell, withoutPart, writeQuestion } from "./ai_cells.ts";
import { writeVisibility } from "./cell_visibility.ts";
import { cellKey, FILE_KEY, readParts } from "./kept_parts.ts";
import { type MarkedNotebook, markSimulated } from "./simulated_marks.ts";

export interface OpenNotebookFile extends MarkedNotebook {
  title: string;
  /** The parts that could not be fetched; phrases such as `a picture of cell 3`. */
  missing: string[];
}

/**
 * Reads the notebook with the outputs that its cells show. Its metadata name the model that simulated them.
 *
 * @param download fetches artifacts. Default: from the page's server
 * @param only the cells to read. Default: all
 */
export async function readOpenNotebook(
  notebook: NotebookStore,
  title: string,
  download: Download = api.artifact,
  only?: ReadonlySet<string>,
): Promise<OpenNotebookFile> {
  const missing: string[] = [];
  const rows = notebook.query(cellsInOrder).filter(({ id }) => only?.has(id) ?? true);
  const partsUnder = async (key: string, name: string) => {
    try {
      return await readParts(notebook.query(keptUnder(key))[0]?.value, download);
    } catch {
      missing.push(name);
      return {};
    }
  };
  const kept = await partsUnder(FILE_KEY, "the notebook's metadata");
  const cells: PageCell[] = [];
  for (const [index, row] of rows.entries()) {
    const parts = await partsUnder(cellKey(row.id), `the metadata of cell ${index + 1}`);
    cells.push(await toPageCell(notebook, row, parts, download, () => missing.push(`an output of cell ${index + 1}`)));
  }
  const metadata = isJsonObject(kept.metadata) ? kept.metadata : {};
  const isTitleKept = kept.title === title;
  const { byCell, latest } = readAnswerers(notebook);
  const marked = markSimulated(
    { metadata: isTitleKept ? metadata : { ...metadata, title }, cells: cells.map(withoutQuestion) },
    rows.map(({ id, cellType }) => cellType === "ai" ? undefined : byCell.get(id)),
    latest,
  );
  const written = marked.cells.flatMap((cell, index) =>
    cells[index].type === "ai" ? writeQuestion(cells[index], byCell.get(rows[index].id)?.model) : [cell]
  );
  return { ...marked, cells: written, title, missing };
}

/** Replaces an AI cell by an empty one while simulated outputs are marked, because its answer is not simulated. */
function withoutQuestion(cell: PageCell): FileCell {
  const { type } = cell;
  return type === "ai" ? { type: "markdown", source: "", metadata: {}, outputs: [] } : withoutPart({ ...cell, type });
}

async function toPageCell(
  notebook: NotebookStore,
  { id, cellType, source, ...visibility }: CellRow,
  parts: JsonObject,
  download: Download,
  onMissing: () => void,
): Promise<PageCell> {
  const type = cellType === "code" || cellType === "markdown" || cellType === "ai" ? cellType : "raw";
  const metadata = writeVisibility(isJsonObject(parts.metadata) ? parts.metadata : {}, visibility);
  if (type === "markdown" || type === "raw") {
    const attachments = isJsonObject(parts.attachments) ? { attachments: parts.attachments } : {};
    return { type, id, source, metadata, ...attachments, outputs: [] };
  }
  const forms = isJsonObject(parts.outputs) ? parts.outputs : {};
  const [number] = notebook.query(numberOf(id));
  const executionCount = number === undefined ? countIn(parts) : number ?? undefined;
  const shown = readOutputs(outputRows(notebook, id));
  const outputs = await Promise.all(
    shown.map((output) => fromForm(output, forms) ?? toFileOutput(output, download, onMissing)),
  );
  return { type, id, source, metadata, outputs, ...executionCount === undefined ? {} : { executionCount } };
}

function countIn({ executionCount }: JsonObject): number | undefined {
  const count = toPlainJson(executionCount ?? null);
  return typeof count === "number" ? count : undefined;
}

/** Returns the output in its original form from the file. `undefined` for a text that has grown since. */
function fromForm(output: ShownOutput, forms: JsonObject): CellOutput | undefined {
  const form = Object.hasOwn(forms, output.id) ? forms[output.id] : undefined;
  if (!isJsonObject(form)) return undefined;
  return output.kind === "stream" && portableText(multiline(form.text)) !== output.text ? undefined : readOutput(form);
}

async function toFileOutput(output: ShownOutput, download: Download, onMissing: () => void): Promise<CellOutput> {
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
        ...await toBundle(output.representations, download, onMissing),
      };
  }
}

async function toBundle(representations: Representations, download: Download, onMissing: () => void) {
  const data: MimeBundle = {};
  const metadata: Record<string, JsonValue> = {};
  for (const [mimeType, container] of Object.entries(shownRepresentations(representations))) {
    const content = await contentOf(mimeType, container, download);
    if (content === undefined) {
      onMissing();
      continue;
    }
    data[mimeType] = content;
    // The file contains the content, so it needs no URL.
    const { fileUrl: _, ...notes } = container.metadata ?? {};
    if (Object.keys(notes).length > 0) metadata[mimeType] = notes as JsonValue;
  }
  return { data, metadata };
}

/** Reads the content of a representation. `undefined` if it cannot be fetched. */
async function contentOf(
  mimeType: string,
  container: MediaContainer,
  download: Download,
): Promise<JsonValue | undefined> {
  if (container.type === "inline") return container.data;
  try {
    const bytes = await download(container.artifactId);
    return bytes === undefined ? undefined : contentOfBytes(mimeType, bytes);
  } catch {
    return undefined;
  }
}
