/**
 * The settings dialog of an open notebook.
 *
 * @module
 */

import { useCallback, useEffect, useState } from "react";
import type { RuntimeStatus } from "../api/api.ts";
import type { Answer } from "../api/use_answer.ts";
import type { SettingsDialogProps } from "../settings/settings_dialog.tsx";

export interface OpenSettings {
  open(): void;
  dialog: SettingsDialogProps;
}

/**
 * Opens the settings, and updates the page when they change here or in another tab.
 *
 * @param onSettings called when the settings may have changed
 */
export function useSettings(runtime: Answer<RuntimeStatus>, onSettings: () => void): OpenSettings {
  const [isOpen, setOpen] = useState(false);
  const { runtimeId } = runtime.value ?? {};
  // A new runtime may have other settings.
  useEffect(onSettings, [runtimeId]);
  const onChanged = () => {
    onSettings();
    runtime.again();
  };
  return {
    open: useCallback(() => setOpen(true), []),
    dialog: { isOpen, onClose: () => setOpen(false), runtime: runtime.value, onChanged },
  };
}
