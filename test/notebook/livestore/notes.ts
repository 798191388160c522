/**
 * A small schema for tests of LiveStore's parts: a list of notes, in the order of the log.
 *
 * @module
 */

import { Events, makeSchema, Schema, State } from "@livestore/livestore";

/** The event of a note that is added at the end. */
export const noteAdded = Events.synced({ name: "v1.NoteAdded", schema: Schema.Struct({ text: Schema.String }) });

const notes = State.SQLite.table({
  name: "notes",
  columns: { position: State.SQLite.integer({ primaryKey: true }), text: State.SQLite.text() },
});

/** The query for the texts of all notes, in the order of the log. */
export const allNotes = {
  query: "SELECT text FROM notes ORDER BY position",
  schema: Schema.Array(Schema.Struct({ text: Schema.String })),
  queriedTables: new Set(["notes"]),
};

/**
 * Makes the schema.
 *
 * @param onNote called whenever the materializer runs; if it throws, the materializer throws
 */
export function makeNotesSchema(onNote: (text: string) => void = () => {}) {
  const materializers = State.SQLite.materializers({ noteAdded }, {
    "v1.NoteAdded": ({ text }) => {
      onNote(text);
      return {
        sql: "INSERT INTO notes (position, text) SELECT coalesce(max(position), 0) + 1, $text FROM notes",
        bindValues: { text },
        writeTables: new Set(["notes"]),
      };
    },
  });
  return makeSchema({ events: { noteAdded }, state: State.SQLite.makeState({ tables: { notes }, materializers }) });
}
