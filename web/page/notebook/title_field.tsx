/**
 * The notebook's title, which can be edited in place.
 *
 * @module
 */

import { useEffect, useState } from "react";

export interface TitleFieldProps {
  title: string;
  onChange(title: string): void;
}

/** Enter and leaving the field save the title; Esc restores the old one. */
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
