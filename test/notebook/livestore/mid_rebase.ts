/**
 * A commit in the middle of a rebase of LiveStore's real session.
 *
 * @module
 */

import type { CommitGate } from "../../../src/notebook/livestore/commit_gate.ts";
import { LocalLog } from "./local_log.ts";
import { type Notes, openNotes } from "./open_notes.ts";

/**
 * Pushes "a", lets another client's note take its position, and commits "b" while the session rebases: after the session has moved its
 * head, and before it rolls "a" back.
 *
 * @param commit commits "b"
 */
export async function commitInMidRebase(gate: CommitGate<string>, commit: (notes: Notes) => void) {
  const log = new LocalLog();
  const begun = Promise.withResolvers<void>();
  const committed = Promise.withResolvers<void>();
  const notes = await openNotes({
    gate,
    backend: log.connect({
      onPush: async (_, signal) => {
        if (log.events.length > 0) return;
        // The session interrupts its push in the middle of the rebase.
        const interrupted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
        signal.addEventListener("abort", () => {
          commit(notes);
          committed.resolve();
        });
        begun.resolve();
        await interrupted;
        throw signal.reason;
      },
    }),
  });
  notes.add("a");
  await begun.promise;
  log.write("theirs");
  await committed.promise;
  return { notes, log };
}
