/**
 * The contents of the settings panel, and what follows from them.
 *
 * @module
 */

import { modelAddress } from "../../../src/options/model_address.ts";
import type { PanelName, SettingField, SettingsDraft, SettingsView } from "../api/settings_api.ts";

/** The values that a person has entered. */
export interface Entered {
  values: Readonly<Partial<Record<PanelName, string>>>;
  /** A key that is not stored yet. */
  key: string;
}

export function enteredIn({ fields }: SettingsView): Entered {
  return { values: Object.fromEntries(fields.map(({ name, entered }) => [name, entered])), key: "" };
}

/** Returns the origin of the base URL. `undefined` if it is not a valid URL. */
export function originIn(view: SettingsView, { values }: Entered): string | undefined {
  const field = fieldOf(view, "baseUrl");
  if (field.fixedBy !== undefined) return view.origin;
  const address = modelAddress.read(values.baseUrl?.trim() || field.fallback);
  return address === undefined ? undefined : new URL(address).origin;
}

/** Returns what is sent: the values that can be changed, and the key with the origin that it was entered for. */
export function draftOf(view: SettingsView, entered: Entered): SettingsDraft {
  const free = view.fields.filter(({ fixedBy }) => fixedBy === undefined).map(({ name }) => name);
  const values = Object.fromEntries(free.map((name) => [name, entered.values[name] ?? ""]));
  const origin = originIn(view, entered);
  const key = entered.key.trim();
  return key === "" || origin === undefined ? { values } : { values, key: { origin, value: key } };
}

/** Changes values. A key that was entered for another origin is dropped. */
export function change(view: SettingsView, entered: Entered, values: Entered["values"]): Entered {
  const changed = { ...entered, values: { ...entered.values, ...values } };
  return originIn(view, changed) === originIn(view, entered) ? changed : { ...changed, key: "" };
}

/** The settings in separate rows above the groups. */
const ungrouped: readonly PanelName[] = ["baseUrl", "model"];

/** The settings of the group about requests. */
const requestSettings: readonly PanelName[] = ["reasoning", "toolMode", "api", "insecure"];

/** Returns the groups of settings. All settings that are not listed above are limits, so that the panel shows a new one, too. */
export function groupsOf({ fields }: SettingsView): { title: string; names: PanelName[] }[] {
  const names = fields.map(({ name }) => name).filter((name) => !ungrouped.includes(name));
  return [
    { title: "Requests to the model", names: names.filter((name) => requestSettings.includes(name)) },
    { title: "Limits", names: names.filter((name) => !requestSettings.includes(name)) },
  ];
}

export function fieldOf({ fields }: SettingsView, name: PanelName): SettingField {
  return fields.find((field) => field.name === name)!;
}

/** Describes where a value comes from. */
export function describeSource({ entered, value, from, fallback, fixedBy }: SettingField, now: string): string {
  if (fixedBy !== undefined) return `Set by ${fixedBy}, which overrides this panel.`;
  if (now.trim() !== entered) return "Changed, and not saved yet.";
  if (entered !== "") return "Set in this panel.";
  if (from === "default") return `Default: ${fallback || value}.`;
  return value === "" ? "Not set." : `${value}, from ${from}.`;
}
