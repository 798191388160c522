/**
 * A button that opens notebook files.
 *
 * @module
 */

import { useRef } from "react";
import { Icon } from "../widget/icon.tsx";

export interface OpenFileProps {
  isDisabled: boolean;
  /** Called with at least one file. */
  onFiles(files: readonly File[]): void;
}

export function OpenFile({ isDisabled, onFiles }: OpenFileProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" disabled={isDisabled} onClick={() => input.current?.click()}>
        <Icon name="open" /> Open .ipynb or .py
      </button>
      <input
        ref={input}
        type="file"
        accept=".ipynb,.py,application/json"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          const files = [...currentTarget.files ?? []];
          currentTarget.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
