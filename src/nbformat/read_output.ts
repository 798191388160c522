/**
 * Reads a recorded output of a notebook file. Many files contain outputs that the schema does not allow. They are read as far as possible,
 * because a run replaces them anyway.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import type { JsonValue } from "../media/json_value.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { isJsonType } from "../media/mime_type.ts";
import { type FileJson, isJsonObject, type JsonObject, toPlainJson } from "./json_text.ts";
import { multiline } from "./multiline.ts";
import { upgradeOutput } from "./upgrade_notebook.ts";

/** The original JSON of outputs that were read. They are written back in this form. */
const recorded = new WeakMap<CellOutput, JsonObject>();

/** Returns the JSON from which an output was read; `undefined` for an output that was not read from a file. */
export function recordedForm(output: CellOutput): JsonObject | undefined {
  return recorded.get(output);
}

/** Reads an output; returns `undefined` for a type that nbformat does not have. */
export function readOutput(json: FileJson): CellOutput | undefined {
  if (!isJsonObject(json)) return undefined;
  const current = upgradeOutput(json);
  const output = readCurrent(current);
  if (output !== undefined) recorded.set(output, current);
  return output;
}

function readCurrent(output: JsonObject): CellOutput | undefined {
  switch (output.output_type) {
    case "stream":
      return { type: "stream", name: output.name === "stderr" ? "stderr" : "stdout", text: multiline(output.text) };
    case "execute_result":
    case "display_data":
      return {
        type: output.output_type,
        data: isJsonObject(output.data) ? readBundle(output.data) : {},
        metadata: isJsonObject(output.metadata) ? toPlainJson(output.metadata) as Record<string, JsonValue> : {},
      };
    case "error": {
      const { ename, evalue, traceback } = output;
      return {
        type: "error",
        ename: multiline(ename),
        evalue: multiline(evalue),
        traceback: Array.isArray(traceback) ? traceback.map(multiline) : multiline(traceback).match(/.+/g) ?? [],
      };
    }
  }
}

/** Reads a MIME bundle. Text may be a list of lines; JSON types contain their value. */
function readBundle(data: JsonObject): MimeBundle {
  return Object.fromEntries(
    Object.entries(data).map(([mimeType, content]): [string, JsonValue] => [
      mimeType,
      Array.isArray(content) && !isJsonType(mimeType) ? multiline(content) : toPlainJson(content),
    ]),
  );
}
