/**
 * The notebook's title, to be changed where it stands.
 *
 * @module
 */

import { useEffect, useState } from "react";

/** What the field needs. */
export interface TitleFieldProps {
  title: string;
  /** Called with another title when it has been typed. */
  onChange(title: string): void;
}

/** Draws the title as a field; Enter or leaving it keeps what was typed, Esc does not. */
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
