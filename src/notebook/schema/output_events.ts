/**
 * Events about the outputs of cells.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import { event, optional } from "./event_def.ts";
import { MediaContainer, Representations } from "./media.ts";

const { String, Number, Boolean } = Schema;

const added = { id: String, cellId: String, position: Number };
const delta1 = { id: String, cellId: String, position: Number, content: MediaContainer };
const delta2 = { id: String, outputId: String, delta: String, sequenceNumber: Number };

export const outputEvents = {
  terminalOutputAdded: event("v1.TerminalOutputAdded", {
    ...added,
    content: MediaContainer,
    streamName: Schema.Literal("stdout", "stderr"),
  }),
  terminalOutputAppended1: event("v1.TerminalOutputAppended", delta1),
  terminalOutputAppended2: event("v2.TerminalOutputAppended", delta2),
  multimediaDisplayOutputAdded: event("v1.MultimediaDisplayOutputAdded", {
    ...added,
    representations: Representations,
    displayId: optional(String),
  }),
  multimediaDisplayOutputUpdated: event("v1.MultimediaDisplayOutputUpdated", {
    displayId: String,
    representations: Representations,
  }),
  multimediaResultOutputAdded: event("v1.MultimediaResultOutputAdded", {
    ...added,
    representations: Representations,
    executionCount: Number,
  }),
  errorOutputAdded: event("v1.ErrorOutputAdded", { ...added, content: MediaContainer }),
  markdownOutputAdded: event("v1.MarkdownOutputAdded", { ...added, content: MediaContainer }),
  markdownOutputAppended1: event("v1.MarkdownOutputAppended", delta1),
  markdownOutputAppended2: event("v2.MarkdownOutputAppended", delta2),
  cellOutputsCleared: event("v1.CellOutputsCleared", { cellId: String, wait: Boolean, clearedBy: String }),
  allOutputsCleared: event("v1.AllOutputsCleared", { clearedBy: String }),
};
