/**
 * An open notebook: its header, its cells and its notices.
 *
 * @module
 */

import { useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { FindCommand } from "../actions/command_key.ts";
import { isNumbered } from "../actions/line_numbers.ts";
import { NotebookActions } from "../actions/notebook_actions.ts";
import { selectedIds } from "../actions/selection_control.ts";
import { useCellControl } from "../actions/use_cell_control.ts";
import { useClipboardEvents } from "../actions/use_clipboard_events.ts";
import { useCommandKeys } from "../actions/use_command_keys.ts";
import { useFind } from "../actions/use_find.ts";
import { useNewNotebook } from "../actions/use_new_notebook.ts";
import { useRestart } from "../actions/use_restart.ts";
import { api, type Site } from "../api/api.ts";
import { isEveryLineDrawn, selectedInEditor } from "../cell/cell_cursor.ts";
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
import { FindPanel } from "./find_panel.tsx";
import { KeyHelp } from "./key_help.tsx";
import { OpeningNote } from "./opening_note.tsx";
import { NewsLine } from "./news_line.tsx";
import { Outline } from "./outline.tsx";
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

export interface NotebookViewProps {
  id: string;
  site: Site;
  notebook: NotebookStore;
  sources?: SourceLog;
  connection: Connection;
  /** Called when the settings may have changed. */
  onSettings(): void;
}

export function NotebookView({ id, site, notebook, sources, connection, onSettings }: NotebookViewProps) {
  const actions = useMemo(
    () => new NotebookActions(notebook, site.userId, sources, (type, bytes) => api.uploadArtifact(id, type, bytes)),
    [id, notebook, site.userId, sources],
  );
  const cells: readonly CellRow[] = useRows(notebook, cellsInOrder);
  const requests: readonly RequestRow[] = useRows(notebook, openRequests);
  const { selection, control } = useCellControl(actions);
  const canAsk = useCanAsk(notebook);
  const find = useFind(cells, control);
  const { lineNumbers, news } = control;
  const numbering = useSyncExternalStore(lineNumbers.subscribe, () => lineNumbers.numbering);
  const keys = useRef<HTMLDialogElement>(null);
  const feed = useRef<HTMLDivElement>(null);
  const runtime = useRuntime(id, `${requests.length} ${useSessions(notebook)}`);
  const usage = useUsage(id, requests.length);
  const settings = useSettings(runtime, onSettings);
  const restart = useRestart(id, notebook, actions, runtime.again);
  const showTrace = useContext(ShowTrace);
  const commands = useMemo(() => ({
    showKeys: () => keys.current?.showModal(),
    restart: () => void restart.restart("restart"),
    showTrace,
    find(command: FindCommand) {
      const isAgain = document.activeElement?.closest(".find") !== null;
      // The browser's search also covers outputs, but it is used only if all lines of the editors are rendered.
      if (command === "find" && (isAgain || isEveryLineDrawn())) return false;
      find.open(selectedInEditor());
      return true;
    },
    stopFinding: find.stop,
  }), [restart.restart, showTrace, find.open, find.stop]);
  useModelNote(notebook, runtime.value);
  const title = useListing(id, notebook, cells);
  const selected = cells.some((cell) => cell.id === selection.cellId) ? selection.cellId : cells[0]?.id;
  const uploads = useUploads(id, notebook, control, site.userId, selected);
  const { isOver, progress, report, problem } = useNewNotebook(site, undefined, uploads.upload);
  useCommandKeys(selection, control, commands);
  useClipboardEvents(control);
  useEffect(() => {
    const flush = () => actions.drafts.flushAll();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, [actions]);

  const marked = new Set(selectedIds(cells, selection));
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
        find={() => find.open()}
      >
        <FindPanel find={find} />
      </NotebookHead>
      <Outline cells={feed} />
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
        <div ref={feed} role="feed" aria-label="Cells" className="cells">
          {cells.map((cell, index) => (
            <CellView
              key={cell.id}
              notebook={notebook}
              control={control}
              cell={cell}
              number={index + 1}
              count={cells.length}
              isSelected={cell.id === selected}
              isMarked={marked.size > 1 && marked.has(cell.id)}
              isNumbered={isNumbered(numbering, cell.id)}
              found={find.found.get(cell.id)}
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
      <NewsLine news={news} />
      <Announcer cells={cells} />
      <KeyHelp dialog={keys} />
      <SettingsDialog {...settings.dialog} />
    </>
  );
}
