/**
 * Opens a notebook file.
 *
 * @module
 */

import { useRef } from "react";
import { Icon } from "../widget/icon.tsx";

/** What the button needs. */
export interface OpenFileProps {
  isDisabled: boolean;
  /** A file was chosen. */
  onFile(file: File): void;
}

/** Draws the button. */
export function OpenFile({ isDisabled, onFile }: OpenFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" disabled={isDisabled} onClick={() => input.current?.click()}>
        <Icon name="open" /> Open .ipynb
      </button>
      <input
        ref={input}
        type="file"
        accept=".ipynb,application/json"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
