/**
 * Markdown with formulas.
 *
 * @module
 */

import { memo } from "react";
import type { AttachmentUrls } from "../file/attachments.ts";
import { MarkupText } from "./markup_text.tsx";

export interface MarkdownProps {
  source: string;
  /** The pictures that the text may refer to. */
  attachments?: AttachmentUrls;
}

export const Markdown = memo(function Markdown({ source, attachments }: MarkdownProps) {
  return <MarkupText kind="markdown" source={source} attachments={attachments} />;
});
