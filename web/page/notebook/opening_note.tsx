/**
 * A notice about what could not be imported from a file into this notebook. It stays until it is closed.
 *
 * @module
 */

import { useState } from "react";
import { dropNote, noteFor } from "../actions/opening_notes.ts";
import { Notice } from "../widget/notice.tsx";

/** Renders the notice, if there is one for the notebook. */
export function OpeningNote({ id }: { id: string }) {
  const [note, setNote] = useState(() => noteFor(id));
  if (note === undefined) return null;
  const drop = () => {
    dropNote(id);
    setNote(undefined);
  };
  return <Notice kind="hint" action={<button type="button" onClick={drop}>Close</button>}>{note}</Notice>;
}
