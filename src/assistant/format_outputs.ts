/**
 * Formats the outputs of a cell as text.
 *
 * @module
 */

import { type CellOutput, joinStreams } from "../execution/cell_output.ts";
import { isModelFailure } from "../execution/model_failure.ts";
import { withoutNotes } from "../execution/notes.ts";
import { isRefusal } from "../execution/refused_request.ts";
import { beginningOf, shorten } from "../execution/prompt/shorten.ts";
import { plainTraceback } from "../execution/traceback/traceback.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";

/** The MIME types that can be sent, best first. Only the first one that a bundle has is sent. */
const SENT_TYPES = ["text/plain", "text/markdown", "text/latex", "text/html", "application/json"];

/**
 * The number of characters of an SVG that are sent. They contain its size. The coordinates that follow can be derived from the
 * data.
 */
const MAX_SVG_CHARACTERS = 300;

/** The number of characters of an output that are always allowed. */
const MIN_CHARACTERS = 300;

/**
 * Formats outputs, except the notes and errors of the agent itself.
 *
 * @param limit the approximate length of the result, in characters
 * @returns the empty text if there are no outputs
 */
export function formatOutputs(outputs: readonly CellOutput[], limit: number): string {
  const shown = withoutNotes(joinStreams(outputs)).filter((output) => !isModelFailure(output) && !isRefusal(output));
  const each = Math.max(MIN_CHARACTERS, Math.floor(limit / Math.max(1, shown.length)));
  const texts = shown.map((output) => shorten(textOf(output).replace(/\n$/, ""), each));
  return shorten(texts.filter((text) => text !== "").join("\n"), Math.max(MIN_CHARACTERS, limit));
}

function textOf(output: CellOutput): string {
  switch (output.type) {
    case "stream":
      return output.text;
    case "error":
      return [...plainTraceback(output.traceback), lastLine(output)].filter((line) => line !== undefined).join("\n");
    default:
      return bundleText(output.data);
  }
}

/** Returns the exception's name and message if the traceback does not contain them. */
function lastLine({ ename, evalue, traceback }: Extract<CellOutput, { type: "error" }>): string | undefined {
  const line = evalue === "" ? ename : `${ename}: ${evalue}`;
  return plainTraceback(traceback).join("\n").includes(line) ? undefined : line;
}

function bundleText(data: MimeBundle): string {
  const type = SENT_TYPES.find((mimeType) => data[mimeType] !== undefined);
  const content = type === undefined ? `<${Object.keys(data).join(", ")}>` : data[type];
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const svg = data["image/svg+xml"];
  return typeof svg === "string" ? `${text}\n${beginningOf(svg, MAX_SVG_CHARACTERS)}` : text;
}
