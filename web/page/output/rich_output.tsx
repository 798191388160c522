/**
 * An output in several forms, of which the best is drawn.
 *
 * @module
 */

import { type MediaContainer, type Representations, shownRepresentations } from "../../../src/notebook/schema/media.ts";
import { FramedHtml } from "./framed_html.tsx";
import { JsonTree } from "./json_tree.tsx";
import { Latex } from "./latex.tsx";
import { Markdown } from "./markdown.tsx";
import { Picture } from "./picture.tsx";
import { TerminalText } from "./terminal_text.tsx";

/** The forms that can be drawn, best first. */
const PREFERRED = [
  "text/markdown",
  "text/html",
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/svg+xml",
  "text/latex",
  "application/json",
  "text/plain",
];

/** Draws the best form that the cell has shown; an artifact of anything but a picture is not fetched. */
export function RichOutput({ representations }: { representations: Representations }) {
  const forms = shownRepresentations(representations);
  const canDraw = (mimeType: string) => {
    const content = forms[mimeType];
    return content !== undefined && (content.type === "inline" || isPicture(mimeType, content));
  };
  const mimeType = PREFERRED.find(canDraw) ?? Object.keys(forms).find(canDraw);
  if (mimeType === undefined) return <p className="no-content">An output of a kind that cannot be shown here.</p>;
  return drawForm(mimeType, forms[mimeType], textOf(forms["text/plain"]));
}

/** Whether a form is drawn by its address. An SVG in the event itself has texts that can be selected. */
function isPicture(mimeType: string, { type }: MediaContainer): boolean {
  return mimeType.startsWith("image/") && (mimeType !== "image/svg+xml" || type === "artifact");
}

function drawForm(mimeType: string, content: MediaContainer, description: string) {
  if (isPicture(mimeType, content)) {
    return <Picture mimeType={mimeType} content={content} description={description} />;
  }
  const text = textOf(content);
  switch (mimeType) {
    case "text/markdown":
      return <Markdown source={text} />;
    case "text/html":
      return <FramedHtml html={text} title={description || "HTML output"} />;
    case "image/svg+xml":
      return <FramedHtml html={`<div class="figure">${text}</div>`} title={description || "A figure"} />;
    case "text/latex":
      return <Latex source={text} />;
    case "text/plain":
      return <TerminalText text={text} />;
    default:
      if (/\+?json$/.test(mimeType)) return <JsonTree value={content.type === "inline" ? content.data : null} />;
      return <TerminalText text={text} />;
  }
}

function textOf(content: MediaContainer | undefined): string {
  if (content?.type !== "inline" || content.data === undefined) return "";
  return typeof content.data === "string" ? content.data : JSON.stringify(content.data);
}
