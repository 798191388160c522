/**
 * What the app draws in the place of a representation that it cannot draw.
 *
 * @module
 */

import { latexAsMarkdown } from "../../media/latex_as_markdown.ts";
import { inline, type MediaContainer, type Representations } from "../schema/media.ts";

/** What the app draws rather than an SVG. */
const ABOVE_SVG = ["text/markdown", "text/html", "image/png", "image/jpeg"];

/** What it draws rather than the text beside a formula. */
const ABOVE_LATEX = [...ABOVE_SVG, "image/svg+xml"];

/**
 * Adds representations for the app alone. It draws no LaTeX, but formulas in markdown; and of an SVG that is an artifact it would
 * show the address as text, but HTML may hold the address of a picture.
 */
export function withGenerated(representations: Representations): Representations {
  const has = (mimeType: string) => mimeType in representations;
  const { "text/latex": latex, "image/svg+xml": svg } = representations;
  if (svg?.type === "artifact" && !ABOVE_SVG.some(has)) {
    const image = `<img src="${escapeAttribute(svg.metadata?.fileUrl)}" alt="" style="max-width:100%;height:auto">`;
    return { ...representations, "text/html": generated(image, "image/svg+xml") };
  }
  if (latex?.type === "inline" && String(latex.data).trim() !== "" && !ABOVE_LATEX.some(has)) {
    return { ...representations, "text/markdown": generated(latexAsMarkdown(String(latex.data)), "text/latex") };
  }
  return representations;
}

/** As the app's own runtimes mark what they add: by the MIME type that it was made of. */
function generated(text: string, mimeType: string): MediaContainer {
  return { ...inline(text), metadata: { generatedFor: mimeType } };
}

function escapeAttribute(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
