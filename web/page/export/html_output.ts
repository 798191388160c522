/**
 * Converts an output to HTML for a file. Nothing in it is executed: HTML is sanitized as in Markdown, and figures become
 * pictures.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { JsonValue } from "../../../src/media/json_value.ts";
import { isBinaryType, isJsonType } from "../../../src/media/mime_type.ts";
import { wholeTraceback } from "../../../src/notebook/schema/error_content.ts";
import { bestForm } from "../output/rich_output.tsx";
import { convert, secure } from "../output/safe_html.ts";
import { escapeHtml, terminalHtml } from "./html_text.ts";

/** Active content, which is removed from a file. */
const ACTIVE = /<(?:script|style|iframe|form|input|button|video|audio|canvas)\b|\son\w+=|\sstyle=/i;

const LEFT_OUT = '<p class="no-content">This output has its own scripts or styles, which only the notebook shows.</p>';

export async function outputHtml(output: CellOutput): Promise<string> {
  switch (output.type) {
    case "stream":
      return terminalHtml(output.text, output.name);
    case "error":
      return terminalHtml(wholeTraceback(output).join("\n"), "traceback");
    default:
      return await bundleHtml(output.data);
  }
}

async function bundleHtml(data: Record<string, JsonValue>): Promise<string> {
  const drawn = Object.keys(data).filter((mimeType) => mimeType.startsWith("image/") || !isBinaryType(mimeType));
  const mimeType = bestForm(drawn);
  if (mimeType === undefined) return '<p class="no-content">An output of a kind that cannot be shown here.</p>';
  const content = data[mimeType];
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  const description = escapeHtml(typeof data["text/plain"] === "string" ? data["text/plain"] : "A picture");
  if (mimeType === "image/svg+xml") {
    return `<img class="figure" alt="${description}" src="data:image/svg+xml,${encodeURIComponent(text)}">`;
  }
  if (mimeType.startsWith("image/")) {
    const type = /^image\/[\w.+-]+$/.test(mimeType) ? mimeType : "image/png";
    return `<img alt="${description}" src="data:${type};base64,${escapeHtml(text.replaceAll(/\s/g, ""))}">`;
  }
  if (mimeType === "text/html") {
    const conversion = secure({ html: text });
    if ("excess" in conversion) return terminalHtml(text);
    return `<div class="markdown">${conversion.html}</div>${ACTIVE.test(text) ? LEFT_OUT : ""}`;
  }
  if (mimeType === "text/markdown" || mimeType === "text/latex") {
    const conversion = await convert({ kind: mimeType === "text/latex" ? "latex" : "markdown", source: text });
    return "html" in conversion ? `<div class="markdown">${conversion.html}</div>` : terminalHtml(text);
  }
  return isJsonType(mimeType) ? `<pre>${escapeHtml(JSON.stringify(content, null, 2))}</pre>` : terminalHtml(text);
}
