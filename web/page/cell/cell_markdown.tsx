/**
 * The text of a cell, with the pictures that are attached to it.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { useAttachments } from "../file/attachments.ts";
import { Markdown } from "../output/markdown.tsx";

/** What the text needs. */
export interface CellMarkdownProps {
  notebook: NotebookStore;
  cellId: string;
  source: string;
}

/** Draws the text. */
export function CellMarkdown({ notebook, cellId, source }: CellMarkdownProps) {
  return <Markdown source={source} attachments={useAttachments(notebook, cellId)} />;
}
