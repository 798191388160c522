/**
 * The panel for find and replace in the sources of all cells.
 *
 * @module
 */

import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Find } from "../actions/use_find.ts";
import type { FindQuery } from "../actions/find_matches.ts";
import { IconButton } from "../widget/icon_button.tsx";

const OPTIONS: readonly { name: "isCaseSensitive" | "isWholeWord" | "isExpression"; sign: string; label: string }[] = [
  { name: "isCaseSensitive", sign: "Aa", label: "Match case" },
  { name: "isWholeWord", sign: "ab|", label: "Whole words" },
  { name: "isExpression", sign: ".*", label: "Regular expression" },
];

/** Rendered while the search is open. */
export function FindPanel({ find }: { find: Find }) {
  const { isOpen, opened, finding, close } = find;
  const { query, change, problem, count, number, report } = finding;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), [isOpen, opened]);
  if (!isOpen) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  };
  const onEnter = (run: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    run(event);
  };
  const text = (name: keyof FindQuery) => ({
    value: String(query[name]),
    onChange: ({ currentTarget: { value } }: { currentTarget: HTMLInputElement }) => change({ [name]: value }),
    spellCheck: false,
    autoComplete: "off",
  });
  return (
    <div role="search" aria-label="Find and replace" className="find" onKeyDown={onKeyDown}>
      <div className="find-line">
        <input
          ref={field}
          {...text("text")}
          aria-label="Find"
          placeholder="Find"
          aria-invalid={problem !== undefined}
          aria-describedby="find-state"
          onKeyDown={onEnter(({ shiftKey }) => finding.go(shiftKey ? -1 : 1))}
        />
        {OPTIONS.map(({ name, sign, label }) => (
          <button
            key={name}
            type="button"
            className="icon-button option"
            title={label}
            aria-label={label}
            aria-pressed={query[name]}
            onClick={() => change({ [name]: !query[name] })}
          >
            {sign}
          </button>
        ))}
        <IconButton
          icon="up"
          label="Previous match"
          shortcut="Shift+Enter"
          disabled={count === 0}
          onClick={() => finding.go(-1)}
        />
        <IconButton
          icon="down"
          label="Next match"
          shortcut="Enter"
          disabled={count === 0}
          onClick={() => finding.go(1)}
        />
        <IconButton icon="close" label="Close" shortcut="Esc" onClick={close} />
      </div>
      <div className="find-line">
        <input
          {...text("replacement")}
          aria-label="Replace with"
          placeholder="Replace with"
          onKeyDown={onEnter(() => finding.replace())}
        />
        <button type="button" disabled={count === 0} onClick={() => finding.replace()}>Replace</button>
        <button type="button" disabled={count === 0} onClick={() => finding.replaceAll()}>Replace all</button>
      </div>
      <p id="find-state" role="status" className={problem === undefined ? "" : "problem"}>
        {[report, problem ?? stateOf(query.text, count, number, finding.cells)].filter(Boolean).join(" ")}
      </p>
    </div>
  );
}

function stateOf(text: string, count: number, number: number, cells: number): string {
  if (text === "") return "";
  if (count === 0) return "Not found.";
  const all = count.toLocaleString("en");
  if (number > 0) return `${number.toLocaleString("en")} of ${all}`;
  return `${all} ${count === 1 ? "match" : "matches"} in ${cells} ${cells === 1 ? "cell" : "cells"}`;
}
