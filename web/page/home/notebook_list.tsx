/**
 * The list of notebooks.
 *
 * @module
 */

import { useState } from "react";
import { api, type ShelvedNotebook } from "../api/api.ts";
import { PageLink } from "../navigation/page_link.tsx";
import { notebookPath } from "../navigation/use_location.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { formatAge } from "./format_age.ts";
import { matchesTitle } from "./matches_title.ts";

export interface NotebookListProps {
  notebooks: readonly ShelvedNotebook[];
  isDisabled: boolean;
  onDuplicate(notebook: ShelvedNotebook): void;
  onRemoved(): void;
  onProblem(problem: string): void;
}

export function NotebookList({ notebooks, isDisabled, onDuplicate, onRemoved, onProblem }: NotebookListProps) {
  const [filter, setFilter] = useState("");
  const shown = notebooks.filter(({ title }) => matchesTitle(title, filter));
  const remove = ({ id, title }: ShelvedNotebook) => {
    if (!confirm(`Delete “${title}” from the list?`)) return;
    api.removeNotebook(id).then(onRemoved, (error) => onProblem(error.message));
  };
  return (
    <section aria-labelledby="notebooks">
      <div className="list-head">
        <h2 id="notebooks">Your notebooks</h2>
        <input
          type="search"
          className="list-filter"
          aria-label="Search the titles"
          placeholder="Search the titles"
          value={filter}
          onChange={({ currentTarget: { value } }) => setFilter(value)}
          onKeyDown={({ key }) => key === "Escape" && setFilter("")}
        />
      </div>
      <p role="status" className={shown.length === 0 ? "none-found" : "unseen"}>
        {filter.trim() === ""
          ? ""
          : shown.length === 0
          ? `No notebook is called “${filter.trim()}”.`
          : `${shown.length} of ${notebooks.length} notebooks`}
      </p>
      <ul className="notebooks" hidden={shown.length === 0}>
        {shown.map((notebook) => {
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
              <IconButton
                icon="copies"
                label={`Duplicate ${title}`}
                disabled={isDisabled}
                onClick={() => onDuplicate(notebook)}
              />
              <IconButton icon="bin" label={`Delete ${title}`} onClick={() => remove(notebook)} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
