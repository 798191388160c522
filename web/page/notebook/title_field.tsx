/**
 * The notebook's title, which can be edited in place.
 *
 * @module
 */

import { useEffect, useState } from "react";

export interface TitleFieldProps {
  title: string;
  /** Called with the new title. */
  onChange(title: string): void;
}

/** Renders the title as a field. Enter and leaving the field save it; Esc restores the old title. */
export function TitleField({ title, onChange }: TitleFieldProps) {
  const [text, setText] = useState(title);
  useEffect(() => setText(title), [title]);
  const keep = () => {
    const next = text.trim() || "Untitled";
    setText(next);
    if (next !== title) onChange(next);
  };
  return (
    <input
      className="title"
      aria-label="Title"
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Escape") setText(title);
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
