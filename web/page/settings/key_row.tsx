/**
 * The key for the server, which is entered here and never shown again.
 *
 * @module
 */

import { useId } from "react";
import type { SettingsView } from "../api/settings_api.ts";

/** What the row needs. */
export interface KeyRowProps {
  view: SettingsView;
  /** The origin of the server that is set. */
  origin?: string;
  /** What was entered. */
  now: string;
  onChange(text: string): void;
  /** Removes the key that is stored for an origin. */
  onRemove(origin: string): void;
}

/** Draws the row, and the keys that are stored. */
export function KeyRow({ view: { storedFor, outerKey }, origin, now, onChange, onRemove }: KeyRowProps) {
  const id = useId();
  const isOuter = outerKey !== undefined && outerKey.origin === origin;
  return (
    <div className="setting">
      <label htmlFor={id}>API key{origin === undefined ? "" : ` for ${origin}`}</label>
      <div className="setting-value">
        <input
          id={id}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          readOnly={isOuter}
          disabled={origin === undefined}
          value={now}
          placeholder={isOuter || (origin !== undefined && storedFor.includes(origin)) ? "••••••••" : ""}
          aria-describedby={`${id}-about`}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      <p id={`${id}-about`} className="setting-about">
        {describeKey({ storedFor, outerKey }, origin)}
      </p>
      {storedFor.length > 0 && (
        <ul className="stored-keys" aria-label="Stored keys">
          {storedFor.map((stored) => (
            <li key={stored}>
              <span>A key is stored for {stored}.</span>
              <button type="button" aria-label={`Remove the key for ${stored}`} onClick={() => onRemove(stored)}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Says which key is sent. */
function describeKey(
  { storedFor, outerKey }: Pick<SettingsView, "storedFor" | "outerKey">,
  origin: string | undefined,
): string {
  if (origin === undefined) return "Enter the base URL first: a key is for one server alone.";
  if (outerKey?.origin === origin) return `Set by ${outerKey.name}, which counts before this panel.`;
  const withheld = outerKey === undefined
    ? ""
    : ` The key of ${outerKey.name} is for ${outerKey.origin}, and is not sent there.`;
  if (storedFor.includes(origin)) return `The stored key is sent. Enter another one to replace it.${withheld}`;
  return `None is stored for it. A key is kept on this machine, for this server alone, and not shown again.${withheld}`;
}
