/**
 * Converts an output of a file to the notebook's events. Content that is too large for an event becomes an artifact. What an
 * event cannot express is stored in the file's form.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { JsonValue } from "../../../src/media/json_value.ts";
import { isBinaryType } from "../../../src/media/mime_type.ts";
import { type FileJson, isJsonObject, type JsonObject, stringifyJson } from "../../../src/nbformat/json_text.ts";
import { recordedForm } from "../../../src/nbformat/read_output.ts";
import { writeOutput } from "../../../src/nbformat/write_output.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { errorContent, wholeTraceback } from "../../../src/notebook/schema/error_content.ts";
import { inline, type MediaContainer, type Representations } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import {
  contentBytes,
  LARGEST_ARTIFACT,
  LARGEST_INLINE,
  LARGEST_INLINE_TEXT,
  type Upload,
} from "./artifact_content.ts";

/** The longest piece of a stream in one event, in characters. In JSON a character takes up to six bytes. */
const STREAM_PIECE = 60_000;

/** The longest traceback in an event, in characters. */
const LONGEST_TRACEBACK = 60_000;

/** The execution count of results that were not run in this notebook. */
const NOT_RUN_HERE = 0;

export interface OutputPlace {
  cellId: string;
  /** The position of the output's first event. Further events use fractions. */
  position: number;
  /** The execution count of the cell in the file. */
  executionCount?: number;
}

export interface PlacedOutput {
  events: NotebookEvent[];
  /** The output in the file's form, by the id of its first event. Empty if the events express all of it. */
  kept: JsonObject;
}

export async function placeOutput(output: CellOutput, where: OutputPlace, upload: Upload): Promise<PlacedOutput> {
  const { cellId, position, executionCount } = where;
  const place = { id: `output-${crypto.randomUUID()}`, cellId, position };
  const form = recordedForm(output);
  const placed = (events: NotebookEvent[], readBack: CellOutput): PlacedOutput => {
    const isWhole = form === undefined || isSame(form, writeOutput(readBack, executionCount).json);
    return { events, kept: isWhole ? {} : { [place.id]: form } };
  };
  switch (output.type) {
    case "stream": {
      const pieces = piecesOf(output.text).map((text, number, all) =>
        events.terminalOutputAdded({
          ...place,
          ...number === 0 ? {} : { id: `${place.id}-${number}`, position: position + number / all.length },
          content: inline(text),
          streamName: output.name,
        })
      );
      return placed(pieces, { ...output });
    }
    case "error": {
      const content = errorContent({ ...output, traceback: shortened(output.traceback) });
      const { ename, evalue, traceback } = (content as { data: typeof output }).data;
      const readBack = { ename, evalue, traceback: wholeTraceback({ ename, evalue, traceback }) };
      return placed([events.errorOutputAdded({ ...place, content })], { type: "error", ...readBack });
    }
    default: {
      const { representations, ...bundle } = await toRepresentations(output, upload);
      const event = output.type === "display_data"
        ? events.multimediaDisplayOutputAdded({ ...place, representations })
        : events.multimediaResultOutputAdded({ ...place, representations, executionCount: NOT_RUN_HERE });
      return placed([event], { type: output.type, ...bundle });
    }
  }
}

/** Cuts a text between characters. No piece begins with a byte order mark, because an event would lose it. */
function piecesOf(text: string): string[] {
  return text.match(new RegExp(`[^]{1,${STREAM_PIECE}}(?![\\udc00-\\udfff\\ufeff])`, "g")) ?? [""];
}

function shortened(traceback: readonly string[]): string[] {
  if (traceback.join("\n").length <= LONGEST_TRACEBACK) return [...traceback];
  const half = LONGEST_TRACEBACK / 2;
  const text = traceback.join("\n");
  return [text.slice(0, half), "[The middle is left out here; a download of the notebook has it.]", text.slice(-half)];
}

async function toRepresentations(
  { data, metadata = {} }: Extract<CellOutput, { data: unknown }>,
  upload: Upload,
): Promise<{ representations: Representations; data: Record<string, JsonValue>; metadata: Record<string, JsonValue> }> {
  const placed = {
    representations: {} as Record<string, MediaContainer>,
    data: {} as Record<string, JsonValue>,
    metadata: {} as Record<string, JsonValue>,
  };
  let room = LARGEST_INLINE_TEXT;
  for (const [mimeType, content] of Object.entries(data)) {
    const size = new TextEncoder().encode(JSON.stringify(content)).length;
    const isInline = size <= (isBinaryType(mimeType) ? Math.min(LARGEST_INLINE, room) : room);
    if (isInline) room -= size;
    const container = isInline ? inline(content) : await toArtifact(mimeType, content, upload);
    if (container === undefined) continue;
    const notes = notesOf(metadata[mimeType]);
    placed.representations[mimeType] = notes === undefined ? container : { ...container, metadata: notes };
    placed.data[mimeType] = content;
    if (notes !== undefined) placed.metadata[mimeType] = notes;
  }
  if (Object.keys(placed.representations).length === 0 && Object.keys(data).length > 0) {
    placed.representations["text/plain"] = inline("[This output is too large to be shown; a download has it.]");
  }
  return placed;
}

/** Removes metadata that only a runtime may write. */
function notesOf(given: JsonValue | undefined): Record<string, JsonValue> | undefined {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
  const { fileUrl: _, generatedFor: __, ...notes } = given;
  return Object.keys(notes).length > 0 && JSON.stringify(notes).length <= LARGEST_INLINE ? notes : undefined;
}

/** Uploads content. Returns `undefined` if an artifact cannot hold it. */
async function toArtifact(mimeType: string, content: JsonValue, upload: Upload): Promise<MediaContainer | undefined> {
  const bytes = contentBytes(mimeType, content);
  if (bytes === undefined || bytes.length > LARGEST_ARTIFACT) return undefined;
  return { type: "artifact", artifactId: await upload(mimeType, bytes) };
}

/** Compares two forms of an output. Text may be split into lines, and base64 may be wrapped. */
function isSame(one: JsonObject, other: JsonObject): boolean {
  return stringifyJson(plainForm(one)) === stringifyJson(plainForm(other));
}

function plainForm(value: FileJson, key = ""): FileJson {
  if (Array.isArray(value)) {
    const isText = value.every((item) => typeof item === "string");
    return isText && key !== "traceback" ? plainForm(value.join(""), key) : value.map((item) => plainForm(item));
  }
  if (typeof value === "string") return isBinaryType(key) ? value.replaceAll(/\s/g, "") : value;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainForm(inner, name)]));
}
