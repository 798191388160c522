/**
 * The settings, opened from a notebook.
 *
 * @module
 */

import { useCallback, useEffect, useState } from "react";
import type { RuntimeStatus } from "../api/api.ts";
import type { Answer } from "../api/use_answer.ts";
import type { SettingsDialogProps } from "../settings/settings_dialog.tsx";

/** The dialog, and what opens it. */
export interface OpenSettings {
  open(): void;
  dialog: SettingsDialogProps;
}

/**
 * Opens the settings, and follows what is changed in them, here or in another tab.
 *
 * @param runtime how the notebook's runtime is
 * @param onSettings asks again who plays IPython
 */
export function useSettings(runtime: Answer<RuntimeStatus>, onSettings: () => void): OpenSettings {
  const [isOpen, setOpen] = useState(false);
  const { runtimeId } = runtime.value ?? {};
  // Another runtime may be one with other settings.
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
