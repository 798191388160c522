/**
 * Generates representations that the web app can draw, for content that it cannot.
 *
 * @module
 */

import { latexAsMarkdown } from "../../media/latex_as_markdown.ts";
import { inline, type MediaContainer, type Representations } from "../schema/media.ts";

/** MIME types that the app prefers to SVG. */
const ABOVE_SVG = ["text/markdown", "text/html", "image/png", "image/jpeg"];

/** MIME types that the app prefers to the plain text of a formula. */
const ABOVE_LATEX = [...ABOVE_SVG, "image/svg+xml"];

/**
 * Adds representations for the web app only. The app cannot draw LaTeX, but it draws formulas in Markdown. Of an SVG that is an artifact it
 * would show the address as text, so it gets HTML with an image.
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

/** Marks a generated representation with the MIME type that it replaces, as the app's own runtimes do. */
function generated(text: string, mimeType: string): MediaContainer {
  return { ...inline(text), metadata: { generatedFor: mimeType } };
}

function escapeAttribute(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
