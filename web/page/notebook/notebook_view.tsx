/**
 * An open notebook: its head, its cells, and what is said about them.
 *
 * @module
 */

import { useContext, useEffect, useMemo, useRef } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { NotebookActions } from "../actions/notebook_actions.ts";
import { useCellControl } from "../actions/use_cell_control.ts";
import { useCommandKeys } from "../actions/use_command_keys.ts";
import { useNewNotebook } from "../actions/use_new_notebook.ts";
import { useRestart } from "../actions/use_restart.ts";
import type { Site } from "../api/api.ts";
import { CellView } from "../cell/cell_view.tsx";
import type { Connection } from "../store/notebook_session.ts";
import { type CellRow, cellsInOrder, openRequests, type RequestRow } from "../store/queries.ts";
import type { SourceLog } from "../store/source_log.ts";
import { useRows } from "../store/use_rows.ts";
import { ShowTrace } from "../trace/trace_provider.tsx";
import { SettingsDialog } from "../settings/settings_dialog.tsx";
import { Notice } from "../widget/notice.tsx";
import { AddCell } from "./add_cell.tsx";
import { Announcer } from "./announcer.tsx";
import { KeyHelp } from "./key_help.tsx";
import { OpeningNote } from "./opening_note.tsx";
import { NotebookHead } from "./notebook_head.tsx";
import { RuntimeNotice } from "./runtime_notice.tsx";
import { UndoOffer } from "./undo_offer.tsx";
import { useCanAsk } from "./use_can_ask.ts";
import { useListing } from "./use_listing.ts";
import { useModelNote } from "./use_model_note.ts";
import { useUploads } from "./use_uploads.ts";
import { useRuntime } from "./use_runtime.ts";
import { useUsage } from "./use_usage.ts";
import { useSessions } from "./use_sessions.ts";
import { useSettings } from "./use_settings.ts";

/** What a notebook needs. */
export interface NotebookViewProps {
  id: string;
  site: Site;
  notebook: NotebookStore;
  /** What has been written into its cells. */
  sources?: SourceLog;
  connection: Connection;
  /** Asks again who plays IPython. */
  onSettings(): void;
}

/** Draws the notebook. */
export function NotebookView({ id, site, notebook, sources, connection, onSettings }: NotebookViewProps) {
  const actions = useMemo(() => new NotebookActions(notebook, site.userId, sources), [notebook, site.userId, sources]);
  const cells: readonly CellRow[] = useRows(notebook, cellsInOrder);
  const requests: readonly RequestRow[] = useRows(notebook, openRequests);
  const { selection, control } = useCellControl(actions);
  const canAsk = useCanAsk(notebook);
  const keys = useRef<HTMLDialogElement>(null);
  const runtime = useRuntime(id, `${requests.length} ${useSessions(notebook)}`);
  const usage = useUsage(id, requests.length);
  const settings = useSettings(runtime, onSettings);
  const restart = useRestart(id, notebook, actions, runtime.again);
  const showTrace = useContext(ShowTrace);
  const commands = useMemo(() => ({
    showKeys: () => keys.current?.showModal(),
    restart: () => void restart.restart("restart"),
    showTrace,
  }), [restart.restart, showTrace]);
  useModelNote(notebook, runtime.value);
  const title = useListing(id, notebook, cells);
  const selected = cells.some((cell) => cell.id === selection.cellId) ? selection.cellId : cells[0]?.id;
  const uploads = useUploads(id, notebook, control, site.userId, selected);
  const { isOver, progress, report, problem } = useNewNotebook(site, undefined, uploads.upload);
  useCommandKeys(selection, control, commands);
  useEffect(() => {
    const flush = () => actions.drafts.flushAll();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, [actions]);

  return (
    <>
      <NotebookHead
        title={title}
        site={site}
        notebook={notebook}
        control={control}
        isRunning={requests.length > 0}
        runtime={runtime.value}
        usage={usage}
        restart={restart}
        uploads={uploads}
        selected={selected}
        showKeys={commands.showKeys}
        openSettings={settings.open}
      />
      <main className={`notebook ${isOver ? "over" : ""}`}>
        <p role="status" className="saving">{progress ?? uploads.progress}</p>
        {report !== undefined && <Notice kind="hint">{report}</Notice>}
        {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
        {uploads.problem !== undefined && <Notice kind="problem">{uploads.problem}</Notice>}
        <OpeningNote id={id} />
        {restart.problem !== undefined && <Notice kind="problem">{restart.problem}</Notice>}
        <RuntimeNotice
          connection={connection}
          runtime={runtime}
          isRestarting={restart.isRestarting}
          openSettings={settings.open}
        />
        <div role="feed" aria-label="Cells" className="cells">
          {cells.map((cell, index) => (
            <CellView
              key={cell.id}
              notebook={notebook}
              control={control}
              cell={cell}
              number={index + 1}
              count={cells.length}
              isSelected={cell.id === selected}
              isEditing={cell.id === selection.cellId && selection.isEditing}
              focus={selection.focus?.cellId === cell.id ? selection.focus : undefined}
              request={requests.find((request) => request.cellId === cell.id)}
              canAsk={canAsk}
              usage={site.isOffline ? undefined : usage?.cells[cell.id]}
            />
          ))}
        </div>
        <AddCell control={control} index={cells.length} canAsk={canAsk} upload={uploads.upload} />
      </main>
      <UndoOffer notebook={notebook} control={control} selected={selected} />
      <Announcer cells={cells} />
      <KeyHelp dialog={keys} />
      <SettingsDialog {...settings.dialog} />
    </>
  );
}
