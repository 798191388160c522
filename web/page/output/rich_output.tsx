/**
 * An output in several forms, of which the best is drawn.
 *
 * @module
 */

import type { MediaContainer, Representations } from "../../../src/notebook/schema/media.ts";
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

/** Draws the best form; an artifact of anything but a picture is not fetched. */
export function RichOutput({ representations }: { representations: Representations }) {
  const canDraw = (mimeType: string) => {
    const content = representations[mimeType];
    return content !== undefined && (content.type === "inline" || /^image\/(?!svg)/.test(mimeType));
  };
  const mimeType = PREFERRED.find(canDraw) ?? Object.keys(representations).find(canDraw);
  if (mimeType === undefined) return <p className="no-content">An output of a kind that cannot be shown here.</p>;
  return drawForm(mimeType, representations[mimeType], textOf(representations["text/plain"]));
}

function drawForm(mimeType: string, content: MediaContainer, description: string) {
  if (/^image\/(?!svg)/.test(mimeType)) {
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
