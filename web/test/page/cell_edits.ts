/**
 * Several people who edit the same cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { NotebookActions } from "../../page/actions/notebook_actions.ts";
import { fillNotebook, type NotebookContents } from "../../page/file/fill_notebook.ts";
import { cellKey } from "../../page/file/kept_parts.ts";
import { cellsInOrder, keptUnder } from "../../page/store/queries.ts";
import { newPageId, SourceLog } from "../../page/store/source_log.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { openPageStore } from "./page_notebook.ts";

/** A person with the notebook open. */
export interface Person {
  notebook: NotebookStore;
  actions: NotebookActions;
  log: StoredEvent[];
  /** Resolves when another event of this name arrives. */
  hears(name: string): Promise<void>;
}

/** Makes a code cell. */
export const code = (source: string) => ({ type: "code" as const, source, outputs: [] });

/** Returns the texts of a person's cells. */
export const texts = ({ actions }: Person) => actions.cells.map(({ source }) => source);

/** Waits until a person's cells have these texts. */
export async function sees(person: Person, ...expected: string[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wanted = JSON.stringify(expected);
  const stop = person.notebook.watch(cellsInOrder, () => JSON.stringify(texts(person)) === wanted && resolve());
  const late = setTimeout(resolve, 10_000);
  await promise;
  clearTimeout(late);
  stop();
  assert.deepEqual(texts(person), expected);
}

/** Returns the texts in a person's editors. */
export const drafts = ({ actions }: Person) => actions.cells.map(({ id, source }) => actions.drafts.read(id) ?? source);

/** The MIME bundle of a picture. */
export const png = { "image/png": "iVBORw0KGgo=" };

/** Makes a Markdown cell with a picture. */
export const picture = (source: string, name: string) => ({
  type: "markdown" as const,
  source,
  outputs: [],
  attachments: { [name]: png },
});

/** Returns the parts of a cell that its events cannot contain. */
export const partsOf = ({ notebook }: Person, id: string) =>
  JSON.parse(notebook.query(keptUnder(cellKey(id)))[0]?.value ?? "{}").parts ?? {};

/** Opens a notebook with these cells for several people. */
export async function withPeople(
  server: Pick<SyncServer, "syncUrl" | "authToken">,
  count: number,
  cells: NotebookContents["cells"],
  test: (people: Person[], ids: string[]) => void | Promise<void>,
): Promise<void> {
  const notebookId = newNotebookId();
  await using stack = new AsyncDisposableStack();
  const people: Person[] = [];
  for (let person = 0; person < count; person++) {
    const sources = new SourceLog(newPageId());
    const waiting: { name: string; resolve(): void }[] = [];
    const { notebook, log } = await openPageStore(server, notebookId, {
      pageId: sources.self,
      onEvents: (events) => {
        sources.take(events);
        for (const { name, resolve } of waiting) if (events.some((event) => event.name === name)) resolve();
      },
    });
    stack.defer(() => notebook.close());
    if (person === 0) {
      await fillNotebook(notebook, notebookId, { title: "Test", cells }, "ada");
      await notebook.settled();
    }
    const upload = () => Promise.resolve(`${notebookId}/uploaded`);
    const hears = (name: string) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ name, resolve });
      return promise;
    };
    const actions = new NotebookActions(notebook, `person ${person}`, sources, upload);
    // A text that is not flushed would be committed by a timer after the test.
    stack.defer(() => actions.drafts.flushAll());
    people.push({ notebook, actions, log, hears });
  }
  await test(people, people[0].actions.cells.map(({ id }) => id));
}
