/**
 * The key for the server. It is entered here and never shown again.
 *
 * @module
 */

import { useId } from "react";
import type { SettingsView } from "../api/settings_api.ts";

export interface KeyRowProps {
  view: SettingsView;
  origin?: string;
  now: string;
  onChange(text: string): void;
  /** Removes the stored key of an origin. */
  onRemove(origin: string): void;
}

/** Renders a field for the key, and the origins of the stored keys. */
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

function describeKey(
  { storedFor, outerKey }: Pick<SettingsView, "storedFor" | "outerKey">,
  origin: string | undefined,
): string {
  if (origin === undefined) return "Enter the base URL first: a key belongs to one server.";
  if (outerKey?.origin === origin) return `Set by ${outerKey.name}, which overrides this panel.`;
  const withheld = outerKey === undefined
    ? ""
    : ` The key of ${outerKey.name} is for ${outerKey.origin}, and is not sent there.`;
  if (storedFor.includes(origin)) return `The stored key is sent. Enter another one to replace it.${withheld}`;
  return `No key is stored for it. A key is kept on this machine, for this server only, and not shown again.${withheld}`;
}
