/**
 * The header of a notebook: its title, the model, and actions on the whole notebook.
 *
 * @module
 */

import { type ReactNode, useRef } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { CellControl } from "../actions/use_cell_control.ts";
import type { Restart } from "../actions/use_restart.ts";
import type { NotebookUsage, RuntimeStatus, Site } from "../api/api.ts";
import { type Export, saveNotebook } from "../export/save_notebook.ts";
import { PageLink } from "../navigation/page_link.tsx";
import { Icon } from "../widget/icon.tsx";
import { IconButton } from "../widget/icon_button.tsx";
import { Toolbar } from "../widget/toolbar.tsx";
import { EditMenu } from "./edit_menu.tsx";
import { ExportDialog } from "./export_dialog.tsx";
import { FilesDialog } from "./files_dialog.tsx";
import { MadeUpLine } from "./made_up_line.tsx";
import { RunMenu } from "./run_menu.tsx";
import { RuntimeChip } from "./runtime_chip.tsx";
import { TitleField } from "./title_field.tsx";
import type { Uploads } from "./use_uploads.ts";

export interface NotebookHeadProps {
  title: string;
  site: Site;
  notebook: NotebookStore;
  control: CellControl;
  isRunning: boolean;
  runtime?: RuntimeStatus;
  usage?: NotebookUsage;
  restart: Restart;
  uploads: Uploads;
  selected?: string;
  showKeys(): void;
  openSettings(): void;
  find(): void;
  /** Content below the header. */
  children?: ReactNode;
}

export function NotebookHead(props: NotebookHeadProps) {
  const { title, site, notebook, control, isRunning, runtime, usage, uploads, selected, showKeys } = props;
  const { find, children } = props;
  const { isRestarting, restart } = props.restart;
  const { actions } = control;
  const place = () => {
    const index = actions.cells.findIndex((cell) => cell.id === selected);
    return index === -1 ? actions.cells.length : index + 1;
  };
  const files = useRef<HTMLDialogElement>(null);
  const copies = useRef<HTMLDialogElement>(null);
  const save = (kind: Export) => saveNotebook(kind, notebook, actions, title);
  const download = async () => {
    const missing = await save("ipynb");
    if (missing !== undefined) alert(missing);
  };
  return (
    <header className="head">
      <div className="head-line">
        <PageLink path="/" label="All notebooks" className="brand">
          <img src="/icon.svg" alt="" width="26" height="26" />
          <Icon name="home" />
        </PageLink>
        <TitleField title={title} onChange={(text) => actions.rename(text)} />
        <RuntimeChip
          site={site}
          status={runtime}
          usage={usage}
          isRestarting={isRestarting}
          isRunning={isRunning}
          openSettings={props.openSettings}
        />
      </div>
      <Toolbar label="Notebook">
        <IconButton icon="add" label="Add a cell" shortcut="b" onClick={() => control.add(place(), "code", "editor")} />
        <IconButton
          icon="run"
          label="Run"
          shortcut="Shift+Enter"
          isLabelled
          disabled={selected === undefined}
          onClick={() =>
            control.selected().length > 0 ? control.runSelected("advance") : control.run(selected!, "advance")}
        />
        <IconButton icon="runAll" label="Run all" shortcut="Ctrl+F9" isLabelled onClick={() => actions.runAll()} />
        <RunMenu
          actions={actions}
          selected={selected}
          isRestarting={isRestarting}
          restartAndRunAll={() => restart("restart and run all")}
        />
        <IconButton
          icon="stop"
          label="Interrupt"
          isLabelled
          disabled={!isRunning}
          onClick={() => actions.interruptAll()}
        />
        <IconButton
          icon="restart"
          label="Restart"
          shortcut="0 0"
          isLabelled
          disabled={isRestarting}
          onClick={() => restart("restart")}
        />
        <IconButton icon="clear" label="Clear outputs" isLabelled onClick={() => actions.clearOutputs()} />
        <EditMenu control={control} selected={selected} find={find} />
        <IconButton icon="find" label="Find and replace" shortcut="Ctrl+H" onClick={find} />
        <IconButton icon="files" label="Files" className="push" onClick={() => files.current?.showModal()} />
        <IconButton
          icon="save"
          label="Download .ipynb"
          onClick={download}
        />
        <IconButton icon="copies" label="Save a copy" onClick={() => copies.current?.showModal()} />
        <IconButton icon="keyboard" label="Keys" shortcut="?" onClick={showKeys} />
      </Toolbar>
      <MadeUpLine site={site} />
      {children}
      <FilesDialog dialog={files} notebook={notebook} uploads={uploads} />
      <ExportDialog dialog={copies} onExport={save} />
    </header>
  );
}
