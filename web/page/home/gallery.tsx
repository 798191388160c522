/**
 * A gallery of examples that can be opened as notebooks.
 *
 * @module
 */

import type { Example } from "../api/api.ts";

export interface GalleryProps {
  examples: readonly Example[];
  isDisabled: boolean;
  /** Called with the name of the example that is chosen. */
  onOpen(name: string): void;
}

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
