/**
 * Reads outputs from a notebook's tables.
 *
 * @module
 */

import { Option, Schema } from "@livestore/utils/effect";
import type { CellOutput } from "../execution/cell_output.ts";
import { OUTPUT_OMITTED } from "../execution/prompt/system_prompt.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { Representations, shownRepresentations } from "./schema/media.ts";

export const OutputRow = Schema.Struct({
  outputType: Schema.NullOr(Schema.String),
  streamName: Schema.NullOr(Schema.Literal("stdout", "stderr")),
  data: Schema.NullOr(Schema.String),
  displayId: Schema.NullOr(Schema.String),
  representations: Schema.NullOr(Schema.parseJson(Representations)),
});

export type OutputRow = typeof OutputRow.Type;

/** Converts a row to an output. Returns `undefined` for an empty output, and for the tool calls of another runtime's AI. */
export function toCellOutput(
  { outputType, streamName, data, displayId, representations }: OutputRow,
): CellOutput | undefined {
  if (isToolDisplay(representations)) return undefined;
  switch (outputType) {
    case "terminal":
      return data ? { type: "stream", name: streamName ?? "stdout", text: data } : undefined;
    case "multimedia_result":
      return { type: "execute_result", data: toMimeBundle(representations) };
    case "multimedia_display":
      return {
        type: "display_data",
        data: toMimeBundle(representations),
        ...(displayId === null ? {} : { metadata: { display_id: displayId } }),
      };
    case "markdown":
      return { type: "display_data", data: { "text/markdown": data ?? "" } };
    case "error":
      return toError(data);
  }
}

/** MIME types with which other runtimes show the tool calls of an AI cell. They are not Python output. */
const TOOL_DISPLAYS = ["application/vnd.anode.aitool+json", "application/vnd.anode.aitool.result+json"];

function isToolDisplay(representations: Representations | null): boolean {
  return TOOL_DISPLAYS.some((mimeType) => mimeType in (representations ?? {}));
}

/**
 * Returns the representations that the cell has shown, without those that a runtime generated for other readers. An uploaded artifact is
 * replaced by a remark that it was shown, so that the model keeps drawing; the artifact's address is left out.
 */
function toMimeBundle(representations: Representations | null): MimeBundle {
  const bundle: MimeBundle = {};
  for (const [mime, content] of Object.entries(shownRepresentations(representations ?? {}))) {
    bundle[mime] = content.type === "inline" ? content.data : OUTPUT_OMITTED;
  }
  return bundle;
}

const decodeError = Schema.decodeUnknownOption(Schema.parseJson(Schema.Struct({
  ename: Schema.String,
  evalue: Schema.String,
  traceback: Schema.mutable(Schema.Array(Schema.String)),
})));

/** Reads an error. The model sees errors in another client's format unchanged. */
function toError(data: string | null): CellOutput | undefined {
  if (data === null) return undefined;
  const error = Option.getOrElse(decodeError(data), () => ({ ename: "Error", evalue: data, traceback: [] }));
  return { type: "error", ...error };
}
