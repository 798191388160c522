/**
 * Says what in a file could not be taken over into this notebook, until it was read.
 *
 * @module
 */

import { useState } from "react";
import { dropNote, noteFor } from "../actions/opening_notes.ts";
import { Notice } from "../widget/notice.tsx";

/** Draws the note, if the notebook was made of such a file. */
export function OpeningNote({ id }: { id: string }) {
  const [note, setNote] = useState(() => noteFor(id));
  if (note === undefined) return null;
  const drop = () => {
    dropNote(id);
    setNote(undefined);
  };
  return <Notice kind="hint" action={<button type="button" onClick={drop}>Close</button>}>{note}</Notice>;
}
