/**
 * Records in the notebook which model answers, so that exported files can name it for each cell.
 *
 * @module
 */

import { useEffect } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { RuntimeStatus } from "../api/api.ts";
import { activeSessions, noteModel } from "../store/answerers.ts";
import { useRows } from "../store/use_rows.ts";

export function useModelNote(notebook: NotebookStore, status: RuntimeStatus | undefined): void {
  const sessions: readonly { sessionId: string; runtimeId: string }[] = useRows(notebook, activeSessions);
  const { state, runtimeId, model } = status ?? {};
  const sessionId = sessions.find((session) => session.runtimeId === runtimeId)?.sessionId;
  useEffect(() => {
    if (state === "ready" && sessionId !== undefined && model !== undefined) noteModel(notebook, sessionId, model);
  }, [notebook, state, sessionId, model]);
}
