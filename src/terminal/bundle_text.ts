/**
 * What of a MIME bundle can be shown in a terminal: its text, and a note of what else there is.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { counted } from "./counted.ts";

/** The types that are text to read, best first. */
const READABLE = ["text/plain", "text/markdown", "text/latex"];

/** The `text/plain` of IPython's own display objects, which says less than any other form. */
const PLACEHOLDER = /^<IPython\.core\.display\.\w+ object>$/;

/** A bundle for the terminal. */
export interface BundleText {
  /** The text, if there is any. */
  text?: string;
  /** What a notebook would show instead: `[text/html, 1,234 characters]`. */
  notes: string[];
}

/**
 * Chooses what to show of a bundle.
 *
 * @param picture where its picture can be seen, which takes the place of a placeholder and of the notes of all its pictures
 */
export function bundleText(bundle: MimeBundle, picture?: string): BundleText {
  const readable = READABLE.filter((mime) => typeof bundle[mime] === "string");
  const telling = readable.find((mime) => !PLACEHOLDER.test(bundle[mime] as string)) ?? readable[0];
  const others = Object.entries(bundle).filter(([mime]) => mime !== telling && mime !== "text/plain");
  const unseen = picture === undefined ? others : others.filter(([mime]) => !mime.startsWith("image/"));
  const text = telling === undefined ? undefined : bundle[telling] as string;
  return {
    text: picture !== undefined && text !== undefined && PLACEHOLDER.test(text) ? undefined : text,
    notes: [
      ...picture === undefined ? [] : [`[picture: ${picture}]`],
      ...unseen.map(([mime, content]) => `[${mime}, ${measure(mime, content)}]`),
    ],
  };
}

/** The size of one representation. Pictures are base64, except SVG. */
function measure(mime: string, content: JsonValue): string {
  if (typeof content === "string" && mime.startsWith("image/") && !mime.endsWith("+xml")) {
    const bytes = Math.floor(content.replace(/[\s=]/g, "").length * 3 / 4);
    return counted(bytes, "byte");
  }
  return counted([...(typeof content === "string" ? content : JSON.stringify(content))].length, "character");
}
