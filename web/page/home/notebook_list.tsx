/**
 * The notebooks that are there.
 *
 * @module
 */

import { api, type ShelvedNotebook } from "../api/api.ts";
import { PageLink } from "../navigation/page_link.tsx";
import { notebookPath } from "../navigation/use_location.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { formatAge } from "./format_age.ts";

/** What the list needs. */
export interface NotebookListProps {
  notebooks: readonly ShelvedNotebook[];
  /** One was taken off the list. */
  onRemoved(): void;
  onProblem(problem: string): void;
}

/** Draws the list. */
export function NotebookList({ notebooks, onRemoved, onProblem }: NotebookListProps) {
  const remove = ({ id, title }: ShelvedNotebook) => {
    if (!confirm(`Delete “${title}” from the list?`)) return;
    api.removeNotebook(id).then(onRemoved, (error) => onProblem(error.message));
  };
  return (
    <section aria-labelledby="notebooks">
      <h2 id="notebooks">Your notebooks</h2>
      <ul className="notebooks">
        {notebooks.map((notebook) => {
          const { id, title, cells, changedAt } = notebook;
          return (
            <li key={id}>
              <PageLink path={notebookPath(id)}>
                <strong>{title}</strong>
                <span className="facts">
                  {cells} {cells === 1 ? "cell" : "cells"} ·{" "}
                  <time dateTime={changedAt}>{formatAge(new Date(changedAt), new Date())}</time>
                </span>
              </PageLink>
              <IconButton icon="bin" label={`Delete ${title}`} onClick={() => remove(notebook)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
