/**
 * Writes an output of a cell in nbformat 4.5.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import type { JsonValue } from "../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";
import { isTextType } from "../media/mime_type.ts";
import { portable } from "../media/portable_text.ts";
import type { JsonObject } from "./json_text.ts";
import { recordedForm } from "./read_output.ts";
import { isValid } from "./validate.ts";

/** The types whose content may be any JSON, by the schema of nbformat 4.5. All others contain text. */
const JSON_CONTENT = /^application\/(?:.*\+)?json$/;

export interface WrittenOutput {
  json: JsonObject;
  /** Whether it was read from a file in an invalid form, which was repaired. */
  isRepaired: boolean;
}

/**
 * Writes an output. One that was read from a file keeps its original form, if that is valid.
 *
 * @param executionCount the count of its cell; `undefined` if the cell has none
 */
export function writeOutput(output: CellOutput, executionCount: number | undefined): WrittenOutput {
  const form = recordedForm(output);
  if (form !== undefined && isValid("output", form)) return { json: form, isRepaired: false };
  // Python could not save the file again with an unpaired surrogate in it.
  return { json: newForm(portable(output), executionCount), isRepaired: form !== undefined };
}

function newForm(output: CellOutput, executionCount: number | undefined): JsonObject {
  switch (output.type) {
    case "stream":
      return { output_type: "stream", name: output.name, text: toLines(output.text) };
    case "execute_result":
      return { ...writeBundle(output), output_type: output.type, execution_count: executionCount ?? null };
    case "display_data":
      return { ...writeBundle(output), output_type: output.type };
    case "error": {
      const { ename, evalue, traceback } = output;
      return { output_type: "error", ename, evalue, traceback };
    }
  }
}

/** Writes a MIME bundle, without the display's id, because the session that could update the display has ended. */
function writeBundle(
  { data, metadata: { display_id: _, ...metadata } = {} }: { data: MimeBundle; metadata?: MimeMetadata },
): JsonObject {
  const content = Object.entries(data).map(([mimeType, content]): [string, JsonValue] => [
    mimeType,
    writeContent(mimeType, content),
  ]);
  return { data: Object.fromEntries(content), metadata };
}

function writeContent(mimeType: string, content: JsonValue): JsonValue {
  if (JSON_CONTENT.test(mimeType)) return content;
  if (typeof content !== "string") return JSON.stringify(content);
  return isTextType(mimeType) ? toLines(content) : content;
}

/** Splits a text into lines, each with its newline. */
export function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
