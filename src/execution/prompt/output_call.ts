/**
 * Tells an output as the tool call that makes it.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";
import type { CellOutput } from "../cell_output.ts";
import type { ToolCall } from "../model.ts";
import { plainTraceback } from "../traceback/traceback.ts";

/** MIME types whose content is an encoded binary, which costs a model thousands of tokens and tells it nothing. */
const BINARY_MIME_TYPE = /^(?:image\/(?!svg\+xml)|audio\/|video\/|font\/|application\/(?:pdf|octet-stream|zip)$)/;

/**
 * Makes the call.
 *
 * @param id its id
 * @param output the output
 * @param cut shortens each of its texts
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
    const json = JSON.stringify(content);
    // JSON that has to be cut goes out as text, because a truncated JSON text is not JSON.
    bundle[mimeType] = typeof content === "string" ? cut(content) : cut(json) === json ? content : cut(json);
  }
  const notes = withoutBinaries(metadata);
  if (Object.keys(bundle).length === 0) bundle["text/plain"] = `<${Object.keys(data).join(", ")}>`;
  return Object.keys(notes).length === 0 ? { data: bundle } : { data: bundle, metadata: notes };
}

function withoutBinaries(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([mimeType]) => !BINARY_MIME_TYPE.test(mimeType)));
}
