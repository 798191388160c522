/**
 * The home page: an introduction, examples, and the list of notebooks.
 *
 * @module
 */

import { useState } from "react";
import { PERSONA_NAME } from "../../../src/python/persona.ts";
import { duplicateContents } from "../actions/duplicate_notebook.ts";
import { useNewNotebook } from "../actions/use_new_notebook.ts";
import { api, type Site } from "../api/api.ts";
import { useAnswer } from "../api/use_answer.ts";
import { emptyNotebook } from "../file/fill_notebook.ts";
import { readExample } from "../file/read_file.ts";
import { SettingsDialog } from "../settings/settings_dialog.tsx";
import { Icon } from "../widget/icon.tsx";
import { Notice } from "../widget/notice.tsx";
import { Gallery } from "./gallery.tsx";
import { NotebookList } from "./notebook_list.tsx";
import { OpenFile } from "./open_file.tsx";

export interface HomePageProps {
  site: Site;
  /** Called when the settings have changed. */
  onSettings(): void;
}

export function HomePage({ site, onSettings }: HomePageProps) {
  const [isSettingUp, setSettingUp] = useState(false);
  const notebooks = useAnswer(api.notebooks, []);
  const examples = useAnswer(api.examples, []);
  const { create, open, isBusy, isOver, progress, report, problem, setProblem } = useNewNotebook(site, notebooks.again);

  return (
    <main className={`home ${isOver ? "over" : ""}`} aria-busy={isBusy}>
      <header className="welcome">
        <img src="/icon.svg" alt="" width="56" height="56" />
        <div>
          <h1>AIPython</h1>
          <p>
            Python notebooks in which a language model plays{" "}
            {PERSONA_NAME}: it is sent your code and says what would be shown.
            {site.isOffline
              ? " Until a model is set up, a Python on this machine answers in its place."
              : ` Here, ${site.model} answers; nothing is executed.`}
          </p>
        </div>
      </header>
      <div className="home-actions">
        <button
          type="button"
          className="primary"
          disabled={isBusy}
          onClick={() => create(emptyNotebook)}
        >
          <Icon name="add" /> New notebook
        </button>
        <OpenFile isDisabled={isBusy} onFiles={open} />
        <button type="button" aria-haspopup="dialog" onClick={() => setSettingUp(true)}>
          <Icon name="settings" /> Settings
        </button>
        <span className="drop-hint">or drop files anywhere</span>
      </div>
      <p role="status" className="saving">{progress}</p>
      {report !== undefined && <Notice kind="hint">{report}</Notice>}
      {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
      {notebooks.value !== undefined && notebooks.value.length > 0 && (
        <NotebookList
          notebooks={notebooks.value}
          isDisabled={isBusy}
          onDuplicate={(notebook) =>
            create(duplicateContents(notebook, notebooks.value?.map(({ title }) => title) ?? []))}
          onRemoved={notebooks.again}
          onProblem={setProblem}
        />
      )}
      <SettingsDialog isOpen={isSettingUp} onClose={() => setSettingUp(false)} onChanged={onSettings} />
      <Gallery
        examples={examples.value ?? []}
        isDisabled={isBusy}
        onOpen={(name) => create(readExample(name))}
      />
    </main>
  );
}
