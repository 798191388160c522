/**
 * Provides a `text/plain` for bundles without one: the text that IPython's display objects print.
 *
 * @module
 */

import type { MimeBundle } from "./mime_bundle.ts";
import { isJsonType } from "./mime_type.ts";

/** IPython's display classes by the MIME type that they show, best first. */
const CLASSES: [mimeType: RegExp, className: string][] = [
  [/^text\/html$/, "core.display.HTML"],
  [/^text\/markdown$/, "core.display.Markdown"],
  [/^image\/svg\+xml$/, "core.display.SVG"],
  [/^image\//, "core.display.Image"],
  [/^text\/latex$/, "core.display.Latex"],
  [/^application\/javascript$/, "core.display.Javascript"],
  [/^application\/geo\+json$/, "core.display.GeoJSON"],
  [/^audio\//, "lib.display.Audio"],
  [/^video\//, "core.display.Video"],
];

/** The beginning that distinguishes IPython's `Math` from its `Latex`. */
const MATH = /^\$\\displaystyle /;

/** Returns the placeholder for a bundle: `<IPython.core.display.HTML object>`. Empty for an empty bundle. */
export function placeholderText(bundle: MimeBundle): string {
  const mimeTypes = Object.keys(bundle);
  if (mimeTypes.length === 0) return "";
  const latex = bundle["text/latex"];
  const [, className] = CLASSES.find(([pattern]) => mimeTypes.some((mimeType) => pattern.test(mimeType))) ??
    [undefined, mimeTypes.some(isJsonType) ? "core.display.JSON" : "core.display.DisplayObject"];
  const isMath = className === "core.display.Latex" && typeof latex === "string" && MATH.test(latex);
  return `<IPython.${isMath ? "core.display.Math" : className} object>`;
}
