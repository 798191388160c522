/**
 * Worked examples, to be opened as notebooks of one's own.
 *
 * @module
 */

import type { Example } from "../api/api.ts";

/** What the gallery needs. */
export interface GalleryProps {
  examples: readonly Example[];
  isDisabled: boolean;
  /** Makes a notebook of the example. */
  onOpen(name: string): void;
}

/** Draws the gallery. */
export function Gallery({ examples, isDisabled, onOpen }: GalleryProps) {
  if (examples.length === 0) return null;
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">Begin with an example</h2>
      <ul className="gallery">
        {examples.map(({ name, title, summary, cells }) => (
          <li key={name}>
            <button type="button" disabled={isDisabled} onClick={() => onOpen(name)}>
              <strong>{title}</strong>
              <span>{summary}</span>
              <small>{cells} cells</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
