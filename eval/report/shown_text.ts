/**
 * The outputs of a cell as text to compare by eye.
 *
 * @module
 */

import type { JsonValue } from "../../src/media/json_value.ts";
import type { MimeBundle } from "../../src/media/mime_bundle.ts";
import { withoutControls } from "../../src/terminal/control_filter.ts";
import { counted } from "../../src/terminal/counted.ts";
import type { Part, Shown } from "../eval_run.ts";
import { orderText } from "../order_text.ts";

/** The parts in the order in which they are shown. */
export const PARTS: readonly Part[] = ["stdout", "stderr", "result", "displays", "order", "error"];

/** How many characters of a picture's base64 are shown: enough to see its kind. */
const PICTURE_CHARACTERS = 48;

/** Returns a part of the outputs, without colours and control characters; empty if the part is absent. */
export function shownText(shown: Shown, part: Part): string {
  return withoutControls(textOf(shown, part));
}

/** Returns the traceback, without colours and control characters; empty if there is none. */
export function tracebackText({ error }: Shown): string {
  return withoutControls(error?.traceback.join("\n") ?? "");
}

/** Returns the bundles of a part; streams and errors have none. */
export function bundlesOf({ result, displays }: Shown, part: Part): readonly MimeBundle[] {
  if (part === "result" && result !== undefined) return [result];
  return part === "displays" ? displays : [];
}

function textOf(shown: Shown, part: Part): string {
  switch (part) {
    case "stdout":
    case "stderr":
      return shown[part];
    case "result":
    case "displays":
      return bundlesOf(shown, part).map(bundleSource).join("\n\n");
    case "order":
      return orderText(shown).join("\n");
    case "error":
      return shown.error === undefined ? "" : `${shown.error.ename}: ${shown.error.evalue}`;
  }
}

/** Returns a bundle's text if it has no other form; otherwise each form under its type. */
function bundleSource(bundle: MimeBundle): string {
  const forms = Object.entries(bundle).toSorted(([a], [b]) => a < b ? -1 : 1);
  if (forms.length === 1 && forms[0][0] === "text/plain") return contentSource(...forms[0]);
  return forms.map(([mime, content]) => `[${mime}]\n${contentSource(mime, content)}\n`).join("");
}

function contentSource(mime: string, content: JsonValue): string {
  if (typeof content !== "string") return JSON.stringify(content, null, 2);
  const isPicture = mime.startsWith("image/") && !mime.endsWith("+xml");
  if (!isPicture || content.length <= PICTURE_CHARACTERS) return content;
  return `${content.slice(0, PICTURE_CHARACTERS)}… (${counted(content.length, "character")})`;
}
