/**
 * The settings panel's requests to the page's server.
 *
 * @module
 */

import type { CheckWords } from "../../../src/check/check_text.ts";
import type { ListedModel, ModelListing } from "../../server/settings/listed_models.ts";
import type { PanelName } from "../../server/settings/panel_names.ts";
import type { ProviderPreset } from "../../server/settings/provider_presets.ts";
import type { SettingsDraft } from "../../server/settings/settings_draft.ts";
import type { SettingField, SettingsView } from "../../server/settings/settings_view.ts";
import { ask, reach, readProblem } from "./api.ts";

export type {
  CheckWords,
  ListedModel,
  ModelListing,
  PanelName,
  ProviderPreset,
  SettingField,
  SettingsDraft,
  SettingsView,
};

export const settingsApi = {
  view: () => ask<SettingsView>("GET", "/api/settings"),
  save: (draft: SettingsDraft) => ask<SettingsView>("PUT", "/api/settings", draft),
  removeKey: (origin: string) => ask<SettingsView>("DELETE", "/api/settings/key", { origin }),
  models: (draft: SettingsDraft) => ask<ModelListing>("POST", "/api/settings/models", draft),
  /** Runs a check and yields each line as it is found. */
  async *check(draft: SettingsDraft, signal: AbortSignal): AsyncGenerator<CheckWords> {
    const response = await reach("/api/settings/check", { method: "POST", body: JSON.stringify(draft), signal });
    if (!response.ok) throw await readProblem(response);
    let rest = "";
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop()!;
      // An empty line keeps the connection alive.
      for (const line of lines) if (line !== "") yield JSON.parse(line);
    }
  },
};
