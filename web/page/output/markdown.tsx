/**
 * Markdown, with formulas.
 *
 * @module
 */

import { memo } from "react";
import type { AttachmentUrls } from "../file/attachments.ts";
import { MarkupText } from "./markup_text.tsx";

/** What markdown needs. */
export interface MarkdownProps {
  source: string;
  /** The pictures that it may name. */
  attachments?: AttachmentUrls;
}

/** Draws markdown. */
export const Markdown = memo(function Markdown({ source, attachments }: MarkdownProps) {
  return <MarkupText kind="markdown" source={source} attachments={attachments} />;
});
