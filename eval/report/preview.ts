/**
 * Draws rich outputs beside the recorded ones, sandboxed.
 *
 * @module
 */

import type { MimeBundle } from "../../src/media/mime_bundle.ts";
import { type Html, markup } from "./markup.ts";

/** The types that a browser can draw from their source. */
const DRAWABLE = ["text/html", "image/svg+xml"];

/** The longest source that is drawn, in UTF-16 units: a page of many cells must still open. */
const LONGEST_SOURCE = 50_000;

/**
 * Draws both sides' HTML and SVG, folded. The text of a model is in frames without scripts, windows, forms and origin (an empty
 * `sandbox`), and the page's content security policy, which they inherit, forbids loading.
 *
 * @returns `undefined` if neither side can be drawn
 */
export function preview(expected: readonly MimeBundle[], actual: readonly MimeBundle[]): Html | undefined {
  const sides = [frames("Expected", expected), frames("Actual", actual)];
  if (sides.every((side) => side.length === 0)) return undefined;
  return markup`<details class="preview"><summary>As a notebook would draw it</summary><div>${
    sides.map((side) => markup`<div>${side.length > 0 ? side : markup`<p class="note">nothing to draw</p>`}</div>`)
  }</div></details>`;
}

function frames(side: string, bundles: readonly MimeBundle[]): Html[] {
  return bundles.flatMap((bundle) => {
    const mime = DRAWABLE.find((mime) => typeof bundle[mime] === "string");
    if (mime === undefined) return [];
    const source = bundle[mime] as string;
    if (source.length > LONGEST_SOURCE) return [markup`<p class="note">${side}: ${mime}, too long to draw here</p>`];
    return [
      markup`<iframe sandbox="" loading="lazy" title="${side}: ${mime}" srcdoc="${documentOf(source)}"></iframe>`,
    ];
  });
}

function documentOf(source: string): string {
  return `<!DOCTYPE html><meta charset="utf-8"><style>body{margin:8px;font:13px sans-serif}</style>${source}`;
}
