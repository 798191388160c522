/**
 * Tells an output as the tool call that makes it.
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

/** MIME types whose content is an encoded binary, which costs a model thousands of tokens and tells it nothing. */
const BINARY_MIME_TYPE = /^(?:image\/(?!svg\+xml)|audio\/|video\/|font\/|application\/(?:pdf|octet-stream|zip)$)/;

/** The type of figures. */
const SVG = "image/svg+xml";

/**
 * How many characters of an SVG are told: its size and how it begins. The coordinates of a plot are thousands of tokens, and follow
 * from the data that it was drawn from.
 */
const MAX_SVG_CHARACTERS = 300;

/**
 * Makes the call.
 *
 * @param id its id
 * @param output the output
 * @param cut shortens each of its texts, but for an SVG, of which the first 300 characters are told
 */
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

/**
 * Makes the call that asked for an input.
 *
 * @param id its id
 * @param request what was asked for
 */
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
    bundle[mimeType] = told(mimeType, content, cut);
  }
  const notes = withoutBinaries(metadata);
  if (Object.keys(bundle).length === 0) bundle["text/plain"] = `<${Object.keys(data).join(", ")}>`;
  return Object.keys(notes).length === 0 ? { data: bundle } : { data: bundle, metadata: notes };
}

function told(mimeType: string, content: JsonValue, cut: (text: string) => string): JsonValue {
  if (typeof content === "string") return mimeType === SVG ? beginningOf(content, MAX_SVG_CHARACTERS) : cut(content);
  const json = JSON.stringify(content);
  // JSON that has to be cut goes out as text, because a truncated JSON text is not JSON.
  return cut(json) === json ? content : cut(json);
}

function withoutBinaries(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([mimeType]) => !BINARY_MIME_TYPE.test(mimeType)));
}
