/**
 * Every event of a notebook: the wire contract, and the one that stands in for what this version cannot read.
 *
 * @module
 */

import { Events, Schema } from "@livestore/livestore";
import { cellEvents } from "./cell_events.ts";
import { executionEvents } from "./execution_events.ts";
import { outputEvents } from "./output_events.ts";

/**
 * Takes the place of an event of another client that this version does not know or cannot decode, under its sequence
 * number. It is only ever received, never sent.
 */
export const unreadableEvent = Events.synced({ name: "aipython.UnreadableEvent", schema: Schema.Void });

/** The events, by the name they have in code; `events.cellCreated2({...})` makes one to commit. */
export const events = { ...cellEvents, ...executionEvents, ...outputEvents, unreadableEvent };
