/**
 * A form to enter, test and save the settings of the model.
 *
 * @module
 */

import { type FormEvent, useId, useState } from "react";
import { type PanelName, settingsApi, type SettingsView } from "../api/settings_api.ts";
import { Notice } from "../widget/notice.tsx";
import { CheckPanel } from "./check_panel.tsx";
import { change, draftOf, enteredIn, fieldOf, groupsOf, originIn } from "./draft.ts";
import { KeyRow } from "./key_row.tsx";
import { ModelRow } from "./model_row.tsx";
import { SettingRow } from "./setting_row.tsx";

export interface SettingsFormProps {
  view: SettingsView;
  onChanged(view: SettingsView): void;
}

export function SettingsForm({ view, onChanged }: SettingsFormProps) {
  const presetId = useId();
  const [entered, setEntered] = useState(() => enteredIn(view));
  const [news, setNews] = useState<{ problem?: string; text?: string }>({});
  const draft = draftOf(view, entered);
  const origin = originIn(view, entered);
  const set = (values: Partial<Record<PanelName, string>>) => setEntered(change(view, entered, values));
  const row = (name: PanelName) => ({
    field: fieldOf(view, name),
    now: entered.values[name] ?? "",
    onChange: (text: string) => set({ [name]: text }),
  });
  const keep = async (work: Promise<SettingsView>, text: string) => {
    setNews({});
    try {
      const kept = await work;
      setNews({ text });
      onChanged(kept);
      return kept;
    } catch (error) {
      setNews({ problem: (error as Error).message });
    }
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const kept = await keep(
      settingsApi.save(draft),
      "Saved. Agents restart with these settings; one that is running a cell restarts when the cell has ended.",
    );
    if (kept !== undefined) setEntered(enteredIn(kept));
  };
  const remove = (origin: string) => {
    if (!confirm(`Remove the key for ${origin}?`)) return;
    void keep(settingsApi.removeKey(origin), `The key for ${origin} is removed.`);
  };
  const presets = view.presets;
  const chosen = presets.find(({ baseUrl }) => baseUrl === entered.values.baseUrl)?.name ?? "";
  const choose = (name: string) => {
    const preset = presets.find((preset) => preset.name === name);
    set({ baseUrl: preset?.baseUrl ?? "", model: preset?.model ?? "" });
  };

  return (
    <form className="settings-form" onSubmit={(event) => void save(event)} autoComplete="off">
      <div className="setting">
        <label htmlFor={presetId}>server</label>
        <select
          id={presetId}
          value={chosen}
          disabled={fieldOf(view, "baseUrl").fixedBy !== undefined}
          aria-describedby={`${presetId}-about`}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">another one</option>
          {presets.map(({ name, key }) => (
            <option key={name} value={name}>{name}{key === "no" ? " (no key)" : ""}</option>
          ))}
        </select>
        <p id={`${presetId}-about`} className="setting-about">
          Fills in the address, and a model if the names of the server's models are known.
          {entered.values.baseUrl?.includes("NAME") && " Replace NAME in the address with your own."}
        </p>
      </div>
      <SettingRow {...row("baseUrl")} />
      <KeyRow
        view={view}
        origin={origin}
        now={entered.key}
        onChange={(key) => setEntered({ ...entered, key })}
        onRemove={remove}
      />
      <ModelRow {...row("model")} draft={draft} />
      {groupsOf(view).map(({ title, names }) => (
        <details key={title}>
          <summary>{title}</summary>
          {names.map((name) => <SettingRow key={name} {...row(name)} />)}
        </details>
      ))}
      <CheckPanel draft={draft} />
      {news.problem !== undefined && <Notice kind="problem">{news.problem}</Notice>}
      <div className="settings-end">
        <p role="status">{news.text}</p>
        <button type="submit" className="primary">Save</button>
      </div>
    </form>
  );
}
