/**
 * A setting in the panel: its name, its value, and where the value comes from.
 *
 * @module
 */

import { type ReactNode, useId } from "react";
import type { SettingField } from "../api/settings_api.ts";
import { describeSource } from "./draft.ts";

export interface SettingRowProps {
  field: SettingField;
  /** The entered value. */
  now: string;
  onChange(text: string): void;
  /** The id of a list of suggestions. */
  list?: string;
  beside?: ReactNode;
  children?: ReactNode;
}

/** A value that is set elsewhere is shown but cannot be changed. */
export function SettingRow({ field, now, onChange, list, beside, children }: SettingRowProps) {
  const id = useId();
  const { name, label, help, choices, isNumber, value, fallback, fixedBy } = field;
  const common = { id, name, "aria-describedby": `${id}-about` };
  const isFixed = fixedBy !== undefined;
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <div className="setting-value">
        {choices === undefined
          ? (
            <input
              {...common}
              type="text"
              inputMode={isNumber ? "decimal" : name === "baseUrl" ? "url" : "text"}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              list={list}
              readOnly={isFixed}
              value={isFixed ? value : now}
              placeholder={isFixed ? "" : fallback}
              onChange={({ target }) => onChange(target.value)}
            />
          )
          : (
            <select
              {...common}
              disabled={isFixed}
              value={isFixed ? value : now}
              onChange={({ target }) => onChange(target.value)}
            >
              {!isFixed && <option value="">default ({fallback})</option>}
              {choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
            </select>
          )}
        {beside}
      </div>
      <p id={`${id}-about`} className="setting-about">
        {help} <span className="setting-source">{describeSource(field, now)}</span>
      </p>
      {children}
    </div>
  );
}
