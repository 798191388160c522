/**
 * The text of a Markdown cell with its attached pictures.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { useAttachments } from "../file/attachments.ts";
import { Markdown } from "../output/markdown.tsx";

export interface CellMarkdownProps {
  notebook: NotebookStore;
  cellId: string;
  source: string;
}

export function CellMarkdown({ notebook, cellId, source }: CellMarkdownProps) {
  return <Markdown source={source} attachments={useAttachments(notebook, cellId)} />;
}
