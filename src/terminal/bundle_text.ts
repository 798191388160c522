/**
 * Chooses the parts of a MIME bundle that a terminal can show: its text, and a note for each other part.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { counted } from "./counted.ts";

/** The types with readable text, the best first. */
const READABLE = ["text/plain", "text/markdown", "text/latex"];

/** The `text/plain` of IPython's display objects, which says less than any other representation. */
const PLACEHOLDER = /^<IPython\.core\.display\.\w+ object>$/;

export interface BundleText {
  text?: string;
  /** Notes on the parts that only a notebook can show: `[text/html, 1,234 characters]`. */
  notes: string[];
}

/**
 * Chooses the text and the notes of a bundle.
 *
 * @param picture the path of its picture, which replaces a placeholder text and the notes about pictures
 */
export function bundleText(bundle: MimeBundle, picture?: string): BundleText {
  const readable = READABLE.filter((mime) => typeof bundle[mime] === "string");
  const best = readable.find((mime) => !PLACEHOLDER.test(bundle[mime] as string)) ?? readable[0];
  const others = Object.entries(bundle).filter(([mime]) => mime !== best && mime !== "text/plain");
  const unseen = picture === undefined ? others : others.filter(([mime]) => !mime.startsWith("image/"));
  const text = best === undefined ? undefined : bundle[best] as string;
  return {
    text: picture !== undefined && text !== undefined && PLACEHOLDER.test(text) ? undefined : text,
    notes: [
      ...picture === undefined ? [] : [`[picture: ${picture}]`],
      ...unseen.map(([mime, content]) => `[${mime}, ${measure(mime, content)}]`),
    ],
  };
}

/** Describes the size of one representation. Pictures are base64, except SVG. */
function measure(mime: string, content: JsonValue): string {
  if (typeof content === "string" && mime.startsWith("image/") && !mime.endsWith("+xml")) {
    const bytes = Math.floor(content.replace(/[\s=]/g, "").length * 3 / 4);
    return counted(bytes, "byte");
  }
  return counted([...(typeof content === "string" ? content : JSON.stringify(content))].length, "character");
}
