/**
 * The outline of a notebook: links to its headings.
 *
 * @module
 */

import { type KeyboardEvent, type RefObject, useId, useRef, useState } from "react";
import { Icon } from "../widget/icon.tsx";
import { IconButton } from "../widget/icon_button.tsx";
import { useHeadings } from "./use_headings.ts";
import { usePlaces } from "./use_places.ts";

/** The width at which the outline covers the cells, so that choosing a heading closes it. */
const NARROW = "(max-width: 1100px)";

/** Renders the button, and the outline while it is open. Renders nothing if there are no headings. */
export function Outline({ cells }: { cells: RefObject<HTMLElement | null> }) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const headings = useHeadings(cells);
  const goTo = usePlaces(cells, headings);
  if (headings.length === 0) return null;

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Tab") event.stopPropagation();
    if (event.key === "Escape") close();
  };
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <>
      <button
        ref={button}
        type="button"
        className="outline-button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="outline" /> Outline
      </button>
      {isOpen && (
        <nav id={id} className="outline" aria-label="Outline" onKeyDown={onKeyDown}>
          <div className="keys-head">
            <h2>Outline</h2>
            <IconButton icon="close" label="Close the outline" onClick={close} />
          </div>
          <ol>
            {headings.map(({ id, level, text }) => (
              <li key={id} style={{ paddingInlineStart: `${(level - top) * 14}px` }}>
                <a
                  href={`#${id}`}
                  onClick={(event) => {
                    event.preventDefault();
                    if (goTo(id)) {
                      history.replaceState(null, "", `#${id}`);
                    }
                    if (matchMedia(NARROW).matches) {
                      setOpen(false);
                    }
                  }}
                >
                  {text}
                </a>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </>
  );
}
