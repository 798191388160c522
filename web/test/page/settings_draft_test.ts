/**
 * The settings panel's values and the draft that it sends.
 *
 * @module
 */

import assert from "node:assert/strict";
import { change, describeSource, draftOf, enteredIn, groupsOf, originIn } from "../../page/settings/draft.ts";
import type { PanelName, SettingField, SettingsView } from "../../page/api/settings_api.ts";
import { panelNames } from "../../server/settings/panel_names.ts";

const field = (name: SettingField["name"], more: Partial<SettingField> = {}): SettingField => ({
  name,
  label: name,
  help: "",
  isNumber: false,
  entered: "",
  value: "",
  from: "default",
  fallback: "",
  ...more,
});

const view = (baseUrl: Partial<SettingField> = {}, more: Partial<SettingsView> = {}): SettingsView => ({
  fields: [field("baseUrl", { fallback: "https://api.openai.com/v1", ...baseUrl }), field("model")],
  storedFor: [],
  presets: [],
  issues: [],
  isOffline: false,
  isOfflineForced: false,
  ...more,
});

Deno.test("a key is sent with its origin, and is dropped when the origin changes", () => {
  const opened = view({ entered: "https://one.example/v1" });
  const entered = { ...enteredIn(opened), key: " sk-1 " };
  assert.deepEqual(draftOf(opened, entered).key, { origin: "https://one.example", value: "sk-1" });
  assert.equal(change(opened, entered, { model: "m" }).key, " sk-1 ");
  assert.equal(change(opened, entered, { baseUrl: "https://one.example/v2" }).key, " sk-1 ");
  for (const baseUrl of ["https://two.example/v1", "http://one.example/v1", "https://one.example:8443/v1", "one ex"]) {
    const changed = change(opened, entered, { baseUrl });
    assert.deepEqual([changed.key, draftOf(opened, changed).key], ["", undefined], baseUrl);
  }
});

Deno.test("the origin is that of the entered address, in any spelling, or of the default", () => {
  const originOf = (baseUrl: string) => originIn(view(), { values: { baseUrl }, key: "" });
  assert.equal(originOf(""), "https://api.openai.com");
  assert.equal(originOf(" localhost:11434 "), "http://localhost:11434");
  assert.equal(originOf("one.example/v1/chat/completions"), "https://one.example");
  assert.equal(originOf("no address"), undefined);
  const fixed = view({ fixedBy: "OPENAI_BASE_URL", value: "https://x.example" }, { origin: "https://x.example" });
  assert.equal(originIn(fixed, { values: { baseUrl: "https://two.example" }, key: "" }), "https://x.example");
});

Deno.test("settings that another source overrides are not sent", () => {
  const fixed = view({ fixedBy: "OPENAI_BASE_URL", entered: "https://one.example" });
  assert.deepEqual(draftOf(fixed, { values: { baseUrl: "https://one.example", model: "m" }, key: "" }), {
    values: { model: "m" },
  });
});

Deno.test("the source of each value is described", () => {
  const source = (more: Partial<SettingField>, now = more.entered ?? "") => describeSource(field("model", more), now);
  assert.equal(source({ fixedBy: "--model" }), "Set by --model, which overrides this panel.");
  assert.equal(source({ entered: "m", value: "m", from: "the settings panel" }), "Set in this panel.");
  assert.equal(source({ entered: "m", value: "m" }, "other"), "Changed, and not saved yet.");
  assert.equal(source({ value: "a", fallback: "a" }), "Default: a.");
  assert.equal(source({ from: "not set" }), "Not set.");
});

Deno.test("every setting of the panel has a row, and an unknown one is in the last group", () => {
  const names = [...panelNames, "newSetting" as PanelName];
  const groups = groupsOf(view({}, { fields: names.map((name) => field(name)) }));
  assert.deepEqual(["baseUrl", "model", ...groups.flatMap((group) => group.names)].toSorted(), names.toSorted());
  assert.equal(groups.at(-1)!.names.at(-1), "newSetting");
});
