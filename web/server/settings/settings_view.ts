/**
 * The data of the settings panel in a page: each value with its source, and of keys only their origins.
 *
 * @module
 */

import { listSettings } from "../../../src/check/settings_check.ts";
import { reasoningModes } from "../../../src/execution/prompt/reasoning.ts";
import { toolModes } from "../../../src/execution/reply/tool_mode.ts";
import { originOf } from "../../../src/options/model_server.ts";
import type { OptionEntry } from "../../../src/options/option_entry.ts";
import { optionTable } from "../../../src/options/option_table.ts";
import { describeOrigin } from "../../../src/options/setting_origin.ts";
import { apiSettings } from "../../../src/options/settings.ts";
import { describeIssues, type ModelSettings } from "./model_settings.ts";
import { type PanelName, panelNames } from "./panel_names.ts";
import { type ProviderPreset, providerPresets } from "./provider_presets.ts";

export interface SettingField {
  name: PanelName;
  label: string;
  /** The help text of the option. */
  help: string;
  /** The allowed words. Absent for a text or a number. */
  choices?: readonly string[];
  isNumber: boolean;
  /** The value stored in the panel; empty if there is none. */
  entered: string;
  /** The value in force; empty if there is none. */
  value: string;
  /** The source of that value: `--model`, `OPENAI_BASE_URL in the env file`, `the settings panel`, `default`. */
  from: string;
  /** The default value, if there is one. */
  fallback: string;
  /** The source that overrides the panel. */
  fixedBy?: string;
}

export interface SettingsView {
  fields: SettingField[];
  storedFor: string[];
  /** A key that the panel cannot change, its source, and its origin. */
  outerKey?: { name: string; origin: string };
  /** The origin of the model server. Absent if its address is not valid. */
  origin?: string;
  presets: readonly ProviderPreset[];
  /** The problems of the settings, as sentences. */
  issues: string[];
  /** Whether the offline model answers, because no server and no key is set or because of `--offline`. */
  isOffline: boolean;
  isOfflineForced: boolean;
}

/** The allowed words of settings that have a few values. */
const choices: Partial<Record<PanelName, readonly string[]>> = {
  reasoning: reasoningModes,
  toolMode: toolModes,
  api: apiSettings,
  insecure: ["false", "true"],
};

/** The settings that are texts. */
const texts: ReadonlySet<PanelName> = new Set(["baseUrl", "model"]);

export function viewSettings(
  settings: ModelSettings,
  { isOffline, isOfflineForced }: Pick<SettingsView, "isOffline" | "isOfflineForced">,
): SettingsView {
  const collected = settings.resolve();
  const outer = settings.resolveOuter();
  const rows = new Map(listSettings(collected).map((row) => [row.name as string, row]));
  const fields = panelNames.map((name): SettingField => {
    const { label, help, fallback }: OptionEntry<unknown> = optionTable[name];
    const row = rows.get(name)!;
    const fixedBy = settings.fixedBy(name, collected);
    return {
      name,
      label,
      help,
      ...(choices[name] === undefined ? {} : { choices: choices[name] }),
      isNumber: choices[name] === undefined && !texts.has(name),
      entered: settings.panel.values[name] ?? "",
      value: row.value === null ? "" : String(row.value),
      from: row.origin,
      fallback: fallback?.kind === "value" ? String(fallback.value) : fallback?.kind === "made" ? fallback.shown : "",
      ...(fixedBy === undefined ? {} : { fixedBy }),
    };
  });
  const keyOrigin = originOf(outer.settings.baseUrl);
  return {
    fields,
    storedFor: Object.keys(settings.panel.keys),
    ...(outer.settings.apiKey === undefined || keyOrigin === undefined
      ? {}
      : { outerKey: { name: describeOrigin(outer.origins.apiKey), origin: keyOrigin } }),
    origin: originOf(collected.settings.baseUrl),
    presets: providerPresets,
    issues: isOffline ? [] : describeIssues(collected),
    isOffline,
    isOfflineForced,
  };
}
