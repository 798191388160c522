/**
 * Converts an output into the tool call that creates it.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";
import type { CellOutput } from "../cell_output.ts";
import type { InputRequest } from "../execution_context.ts";
import type { ToolCall } from "../model.ts";
import { plainTraceback } from "../traceback/traceback.ts";
import { beginningOf } from "./shorten.ts";

/** MIME types with encoded binary content, which takes thousands of tokens and has no meaning for a model. */
const BINARY_MIME_TYPE = /^(?:image\/(?!svg\+xml)|audio\/|video\/|font\/|application\/(?:pdf|octet-stream|zip)$)/;

const SVG = "image/svg+xml";

/**
 * The number of characters of an SVG that are sent. They contain its size. The coordinates of a plot take thousands of tokens and
 * can be derived from its data.
 */
const MAX_SVG_CHARACTERS = 300;

/** @param cut shortens each text, except SVGs, of which the first 300 characters are sent */
export function outputCall(id: string, output: CellOutput, cut: (text: string) => string): ToolCall {
  switch (output.type) {
    case "stream":
      return toolCall(id, output.name, { text: cut(output.text) });
    case "execute_result":
      return toolCall(id, "execute_result", bundleArguments(output.data, output.metadata, cut));
    case "display_data":
      return toolCall(id, "display", bundleArguments(output.data, output.metadata, cut));
    case "error": {
      const traceback = cut(plainTraceback(output.traceback).join("\n")).split("\n");
      return toolCall(id, "error", { ename: output.ename, evalue: cut(output.evalue), traceback });
    }
  }
}

/** Creates the call that asked for input. */
export function inputCall(id: string, { prompt, isPassword }: InputRequest): ToolCall {
  return toolCall(id, "input", { prompt, ...(isPassword && { password: true }) });
}

function toolCall(id: string, name: string, args: { [key: string]: JsonValue }): ToolCall {
  return { id, name, arguments: JSON.stringify(args) };
}

function bundleArguments(
  data: MimeBundle,
  metadata: MimeMetadata = {},
  cut: (text: string) => string,
): { [key: string]: JsonValue } {
  const bundle: MimeBundle = {};
  for (const [mimeType, content] of Object.entries(withoutBinaries(data))) {
    bundle[mimeType] = sentContent(mimeType, content, cut);
  }
  const notes = withoutBinaries(metadata);
  if (Object.keys(bundle).length === 0) bundle["text/plain"] = `<${Object.keys(data).join(", ")}>`;
  return Object.keys(notes).length === 0 ? { data: bundle } : { data: bundle, metadata: notes };
}

function sentContent(mimeType: string, content: JsonValue, cut: (text: string) => string): JsonValue {
  if (typeof content === "string") return mimeType === SVG ? beginningOf(content, MAX_SVG_CHARACTERS) : cut(content);
  const json = JSON.stringify(content);
  // Truncated JSON is not valid JSON, so it is sent as text.
  return cut(json) === json ? content : cut(json);
}

function withoutBinaries(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([mimeType]) => !BINARY_MIME_TYPE.test(mimeType)));
}
