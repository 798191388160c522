/**
 * What the settings panel of a page is told: each value with its source, and of keys no more than for whom they are.
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

/** A setting, as the panel shows it. */
export interface SettingField {
  name: PanelName;
  label: string;
  /** Its purpose. */
  help: string;
  /** The words that it may be; absent where it is a text or a number. */
  choices?: readonly string[];
  /** Whether it is a number. */
  isNumber: boolean;
  /** What the panel has set; empty if nothing. */
  entered: string;
  /** The value in force; empty where there is none. */
  value: string;
  /** Where that came from: `--model`, `OPENAI_BASE_URL in the env file`, `the settings panel`, `default`. */
  from: string;
  /** The default, as far as there is one. */
  fallback: string;
  /** What sets it in place of the panel. */
  fixedBy?: string;
}

/** What the panel is told. */
export interface SettingsView {
  fields: SettingField[];
  /** The origins that keys are stored for. */
  storedFor: string[];
  /** A key that the panel cannot change, what sets it, and for whom it is. */
  outerKey?: { name: string; origin: string };
  /** The origin of the model server; absent where its address is wrong. */
  origin?: string;
  presets: readonly ProviderPreset[];
  /** What is missing or wrong. */
  issues: string[];
  /** Whether the offline model answers, for want of a server and a key or because the command was told so. */
  isOffline: boolean;
  isOfflineForced: boolean;
}

/** The words of the settings that are one of a few. */
const choices: Partial<Record<PanelName, readonly string[]>> = {
  reasoning: reasoningModes,
  toolMode: toolModes,
  api: apiSettings,
  insecure: ["false", "true"],
};

/** The settings that are text. */
const texts: ReadonlySet<PanelName> = new Set(["baseUrl", "model"]);

/** Says what the panel shows. */
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
