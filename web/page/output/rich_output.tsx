/**
 * An output in several formats, of which the best one is rendered.
 *
 * @module
 */

import { isBinaryType } from "../../../src/media/mime_type.ts";
import {
  inline,
  type MediaContainer,
  type Representations,
  shownRepresentations,
} from "../../../src/notebook/schema/media.ts";
import { api } from "../api/api.ts";
import { useAnswer } from "../api/use_answer.ts";
import { contentOfBytes } from "../file/artifact_content.ts";
import { FramedHtml } from "./framed_html.tsx";
import { JsonTree } from "./json_tree.tsx";
import { Latex } from "./latex.tsx";
import { Markdown } from "./markdown.tsx";
import { Picture } from "./picture.tsx";
import { TerminalText } from "./terminal_text.tsx";

/** The formats that can be rendered, best first. */
const PREFERRED: readonly string[] = [
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

export function RichOutput({ representations }: { representations: Representations }) {
  const forms = shownRepresentations(representations);
  const mimeType = bestForm(Object.keys(forms).filter(isDrawn));
  if (mimeType === undefined) return <p className="no-content">An output of a kind that cannot be shown here.</p>;
  const [content, description] = [forms[mimeType], textOf(forms["text/plain"])];
  return content.type === "inline" || isPicture(mimeType, content)
    ? drawForm(mimeType, content, description)
    : <FetchedOutput mimeType={mimeType} artifactId={content.artifactId} description={description} />;
}

/** Whether a format can be rendered. Binary data other than pictures cannot. */
function isDrawn(mimeType: string): boolean {
  return mimeType.startsWith("image/") || !isBinaryType(mimeType);
}

/** Returns the format to render. An unknown format is rendered as text if there is no other. */
export function bestForm(mimeTypes: readonly string[]): string | undefined {
  return PREFERRED.find((mimeType) => mimeTypes.includes(mimeType)) ?? mimeTypes[0];
}

interface FetchedOutputProps {
  mimeType: string;
  artifactId: string;
  description: string;
}

function FetchedOutput({ mimeType, artifactId, description }: FetchedOutputProps) {
  const { value, error } = useAnswer(async () => {
    const bytes = await api.artifact(artifactId);
    if (bytes === undefined) throw new Error("the server no longer has it");
    return inline(contentOfBytes(mimeType, bytes));
  }, [mimeType, artifactId]);
  if (error !== undefined) return <p className="no-content">This output cannot be shown: {error.message}</p>;
  if (value === undefined) return <p className="no-content">Loading the output …</p>;
  return drawForm(mimeType, value, description);
}

/** Whether a format is rendered from its URL. An SVG in the event itself is rendered inline, so that its text can be selected. */
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
