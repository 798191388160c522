/**
 * The model, with suggestions from its server's list.
 *
 * @module
 */

import { useId, useState } from "react";
import { type ModelListing, settingsApi, type SettingsDraft } from "../api/settings_api.ts";
import { SettingRow, type SettingRowProps } from "./setting_row.tsx";

export interface ModelRowProps extends Pick<SettingRowProps, "field" | "now" | "onChange"> {
  /** The settings with which the server is asked. */
  draft: SettingsDraft;
}

/** Renders the row. Any name can be typed, because servers accept more than they list. */
export function ModelRow({ draft, ...row }: ModelRowProps) {
  const list = useId();
  const [asked, setAsked] = useState<{ about: string; listing?: ModelListing }>();
  // A list of another server does not apply.
  const about = JSON.stringify([draft.values.baseUrl, draft.key]);
  const current = asked?.about === about ? asked : undefined;
  const models = current?.listing?.models ?? [];
  const end = models.find(({ id }) => id === (row.field.fixedBy === undefined ? row.now : row.field.value))
    ?.shutdownDate;
  const ask = async () => {
    setAsked({ about });
    const listing = await settingsApi.models(draft).catch(({ message }): ModelListing => ({
      models: [],
      problem: message,
    }));
    setAsked((latest) => latest?.about === about ? { about, listing } : latest);
  };
  return (
    <SettingRow
      {...row}
      list={list}
      beside={<button type="button" onClick={() => void ask()}>List models</button>}
    >
      <datalist id={list}>
        {models.map(({ id, shutdownDate }) => (
          <option key={id} value={id} label={shutdownDate === undefined ? id : `${id}, until ${shutdownDate}`} />
        ))}
      </datalist>
      <p role="status" className="setting-news">{current === undefined ? "" : describe(current.listing)}</p>
      {end !== undefined && <p className="setting-warning">{row.now} will be switched off on {end}.</p>}
    </SettingRow>
  );
}

function describe(listing: ModelListing | undefined): string {
  if (listing === undefined) return "Asking the server for its models …";
  const { models, problem } = listing;
  const ending = models.filter(({ shutdownDate }) => shutdownDate !== undefined).length;
  const until = ending === 0 ? "" : `, of which ${ending} will be switched off`;
  return problem ?? `The server lists ${models.length} ${models.length === 1 ? "model" : "models"}${until}.`;
}
