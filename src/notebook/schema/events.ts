/**
 * All events of a notebook: those of the wire contract, and one that replaces events that this version cannot read.
 *
 * @module
 */

import { Events, Schema } from "@livestore/livestore";
import { cellEvents } from "./cell_events.ts";
import { executionEvents } from "./execution_events.ts";
import { outputEvents } from "./output_events.ts";

/**
 * Replaces an event of another client that this version does not know or cannot decode. It keeps the sequence number. Such events are only
 * received, never sent.
 */
export const unreadableEvent = Events.synced({ name: "aipython.UnreadableEvent", schema: Schema.Void });

/** The events, by their names in code. `events.cellCreated2({...})` makes one to commit. */
export const events = { ...cellEvents, ...executionEvents, ...outputEvents, unreadableEvent };
