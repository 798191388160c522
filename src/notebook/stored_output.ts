/**
 * Reads an output as it is stored in a notebook's tables.
 *
 * @module
 */

import { Option, Schema } from "@livestore/utils/effect";
import type { CellOutput } from "../execution/cell_output.ts";
import { OUTPUT_OMITTED } from "../execution/prompt/system_prompt.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { Representations, shownRepresentations } from "./schema/media.ts";

/** An output, as far as it is stored. */
export const OutputRow = Schema.Struct({
  outputType: Schema.NullOr(Schema.String),
  streamName: Schema.NullOr(Schema.Literal("stdout", "stderr")),
  data: Schema.NullOr(Schema.String),
  displayId: Schema.NullOr(Schema.String),
  representations: Schema.NullOr(Schema.parseJson(Representations)),
});

/** The decoded form of {@linkcode OutputRow}. */
export type OutputRow = typeof OutputRow.Type;

/**
 * Reads a row.
 *
 * @returns `undefined` where it shows nothing, or what a tool of another runtime's AI has done
 */
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

/** What other runtimes show of the tools that an AI cell calls, which is no output of Python's. */
const TOOL_DISPLAYS = ["application/vnd.anode.aitool+json", "application/vnd.anode.aitool.result+json"];

function isToolDisplay(representations: Representations | null): boolean {
  return TOOL_DISPLAYS.some((mimeType) => mimeType in (representations ?? {}));
}

/**
 * A model is told what a cell has shown, and not what a runtime has made of it for other readers; of an uploaded artifact that it was
 * shown, lest it stop drawing, and not where it is stored.
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

/** An error in a form of another client's own is shown to the model as it stands. */
function toError(data: string | null): CellOutput | undefined {
  if (data === null) return undefined;
  const error = Option.getOrElse(decodeError(data), () => ({ ename: "Error", evalue: data, traceback: [] }));
  return { type: "error", ...error };
}
