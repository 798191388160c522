/**
 * Converts outputs to plain text for the clipboard and for search.
 *
 * @module
 */

import type { ShownOutput } from "../store/read_outputs.ts";
import { ansiLines, plainText } from "./ansi_lines.ts";

/** The text formats, best first. */
const TEXTS = ["text/plain", "text/markdown", "text/latex"];

/** Texts stored as artifacts, by artifact id. */
export type ArtifactTexts = Readonly<Record<string, string>>;

/**
 * Returns the text of outputs: streams and errors as they are shown but without colours, and values by their `text/plain`.
 *
 * @param uploaded the texts that are stored as artifacts. Default: none
 * @returns the texts, each on separate lines; empty if there are only pictures and the like
 */
export function outputText(outputs: readonly ShownOutput[], uploaded: ArtifactTexts = {}): string {
  const texts = outputs.map((output) => textOf(output, uploaded));
  return texts.filter((text) => text !== "").join("\n");
}

/** Returns the ids of artifacts that contain texts of outputs. */
export function artifactsOf(outputs: readonly ShownOutput[]): string[] {
  return outputs.flatMap((output) => {
    const content = output.kind === "rich" ? formOf(output)?.content : undefined;
    return content?.type === "artifact" ? [content.artifactId] : [];
  });
}

function textOf(output: ShownOutput, uploaded: ArtifactTexts): string {
  if (output.kind === "stream") return plainText(ansiLines(output.text));
  if (output.kind === "error") return plainText(ansiLines(output.traceback.join("\n")));
  const form = formOf(output);
  if (form === undefined) return "";
  const { mimeType, content } = form;
  const data = content.type === "artifact" ? uploaded[content.artifactId] ?? "" : content.data ?? "";
  const text = typeof data === "string" ? data : JSON.stringify(data, null, 2);
  return mimeType === "text/plain" ? plainText(ansiLines(text)) : text;
}

function formOf({ representations }: Extract<ShownOutput, { kind: "rich" }>) {
  const mimeType = TEXTS.find((type) => Object.hasOwn(representations, type)) ??
    Object.keys(representations).find((type) => /\+?json$/.test(type));
  return mimeType === undefined ? undefined : { mimeType, content: representations[mimeType] };
}
