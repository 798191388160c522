/**
 * The dialog for the settings of the model.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import type { RuntimeStatus } from "../api/api.ts";
import { settingsApi, type SettingsView } from "../api/settings_api.ts";
import { useAnswer } from "../api/use_answer.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { Notice } from "../widget/notice.tsx";
import { SettingsForm } from "./settings_form.tsx";

export interface SettingsDialogProps {
  isOpen: boolean;
  onClose(): void;
  /** The state of the runtime, if a notebook is open. */
  runtime?: RuntimeStatus;
  /** Called when the settings have changed. */
  onChanged(): void;
}

/** Closing the dialog discards what was not saved. */
export function SettingsDialog({ isOpen, onClose, ...content }: SettingsDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="keys settings" aria-labelledby="settings-title" onClose={onClose}>
      <div className="keys-head">
        <h2 id="settings-title">Settings of the model</h2>
        <IconButton icon="close" label="Close" onClick={() => dialog.current?.close()} />
      </div>
      {isOpen && <SettingsContent {...content} />}
    </dialog>
  );
}

function SettingsContent({ runtime, onChanged }: Pick<SettingsDialogProps, "runtime" | "onChanged">) {
  const kept = useAnswer(settingsApi.view, []);
  const [changed, setChanged] = useState<SettingsView>();
  const view = changed ?? kept.value;
  if (kept.error !== undefined) return <Notice kind="problem">{kept.error.message}</Notice>;
  if (view === undefined) return <p aria-busy>Reading the settings …</p>;
  return (
    <>
      {runtime?.failure !== undefined && <Notice kind="problem">{runtime.failure.message}</Notice>}
      {view.issues.map((issue) => <Notice key={issue} kind="problem">{issue}</Notice>)}
      {view.isOffline && (
        <Notice kind="hint">
          {view.isOfflineForced
            ? "The command was started with --offline: these settings take effect when it is started without it."
            : "No model server is set, so an offline stand-in answers. Choose one below."}
        </Notice>
      )}
      <SettingsForm
        view={view}
        onChanged={(view) => {
          setChanged(view);
          onChanged();
        }}
      />
    </>
  );
}
