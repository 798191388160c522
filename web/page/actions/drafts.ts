/**
 * Text that has been typed but not yet committed. One event per letter would make a long log.
 *
 * What others write meanwhile is merged into the draft, as ARCHITECTURE.md describes.
 *
 * @module
 */

import { type Clock, systemClock } from "../../../src/async/clock.ts";
import { portableText } from "../../../src/media/portable_text.ts";
import { beginHistory, type SourceEvent, type SourceHistory, sourcesFor, takeSource } from "../store/source_history.ts";
import type { SourceChange, SourceLog } from "../store/source_log.ts";
import { mergeTexts } from "../store/text_changes.ts";

/** The pause in the typing after which a text is committed, in milliseconds. */
const PAUSE_MS = 300;

/** The parts of a notebook that drafts need. */
export interface DraftedNotebook {
  sources: SourceLog;
  /** Returns the source of a cell that has none in the log. */
  sourceOf(cellId: string): string;
  /** Commits sources of a cell, one after the other, in one commit. */
  commit(cellId: string, sources: readonly string[]): void;
  /** Measures the pause in the typing. Default: the machine's clock. */
  clock?: Clock;
}

/** The source of a cell that somebody types into. */
interface Draft {
  /** The source in the log. */
  logged: SourceHistory;
  /** The sources that this page has committed and that are not in the log yet. */
  sent: SourceEvent[];
  /** The log's source once it contains `sent`: the text on which draft and log last agreed. */
  expected: SourceHistory;
  text: string;
  /** Cancels the timer that commits the text. */
  stop?: () => void;
}

export class Drafts {
  readonly #notebook: DraftedNotebook;
  readonly #clock: Clock;
  readonly #drafts = new Map<string, Draft>();
  readonly #editors = new Map<string, (text: string) => void>();

  constructor(notebook: DraftedNotebook) {
    this.#notebook = notebook;
    this.#clock = notebook.clock ?? systemClock;
    notebook.sources.listen((change) => this.#receive(change));
  }

  /** Records that a person changed a cell's text. */
  type(cellId: string, text: string): void {
    const draft = this.#draftOf(cellId);
    draft.text = portableText(text);
    this.#wait(cellId, draft);
  }

  /** Replaces a cell's text, also in its editor, as if a person had typed it. */
  set(cellId: string, text: string): void {
    this.type(cellId, text);
    this.#editors.get(cellId)?.(this.read(cellId)!);
  }

  /** Returns the text that a cell's editor shows. `undefined` if that is the notebook's text. */
  read(cellId: string): string | undefined {
    return this.#drafts.get(cellId)?.text ?? this.#notebook.sources.of(cellId)?.text;
  }

  /**
   * Calls back with a cell's text whenever others have changed it.
   *
   * @returns stops the calls
   */
  follow(cellId: string, show: (text: string) => void): () => void {
    this.#editors.set(cellId, show);
    return () => {
      if (this.#editors.get(cellId) === show) this.#editors.delete(cellId);
    };
  }

  /**
   * Takes the sources to run a cell with, in order; the last one is its text. The caller commits them.
   *
   * @param source the source in the notebook
   */
  take(cellId: string, source: string): string[] {
    const sources = this.#take(cellId);
    return sources.length > 0 ? sources : [this.read(cellId) ?? source];
  }

  /** Commits a cell's text now. */
  flush(cellId: string): void {
    const sources = this.#take(cellId);
    if (sources.length > 0) this.#notebook.commit(cellId, sources);
  }

  /** Commits all texts now. */
  flushAll(): void {
    for (const cellId of [...this.#drafts.keys()]) this.flush(cellId);
  }

  #take(cellId: string): string[] {
    const draft = this.#drafts.get(cellId);
    if (draft === undefined) return [];
    draft.stop?.();
    draft.stop = undefined;
    const { expected, text, sent } = draft;
    if (text === expected.text) return [];
    return this.#send(draft, sourcesFor(expected, this.#notebook.sources.self, text, sent.length > 0));
  }

  #receive({ cellId, event, after }: SourceChange): void {
    const draft = this.#drafts.get(cellId);
    if (draft === undefined) return this.#editors.get(cellId)?.(after.text);
    const { sent, expected } = draft;
    const isOwn = event.author === this.#notebook.sources.self;
    if (isOwn) sent.splice(0, sent.findIndex(({ source }) => source === event.source) + 1);
    draft.logged = after;
    draft.expected = sent.reduce(takeSource, after);
    draft.text = mergeTexts(expected.text, draft.text, draft.expected.text);
    this.#editors.get(cellId)?.(draft.text);
    this.#agree(cellId, draft);
  }

  #draftOf(cellId: string): Draft {
    let draft = this.#drafts.get(cellId);
    if (draft === undefined) {
      const { sources, sourceOf } = this.#notebook;
      const logged = sources.of(cellId) ?? beginHistory(sources.self, sourceOf(cellId));
      draft = { logged, sent: [], expected: logged, text: logged.text };
      this.#drafts.set(cellId, draft);
    }
    return draft;
  }

  /** Makes the log agree with the draft. If others wrote in between, the page that wrote last does so. */
  #agree(cellId: string, draft: Draft): void {
    const { sent, logged, expected, text } = draft;
    if (text !== expected.text) return draft.stop === undefined ? this.#wait(cellId, draft) : undefined;
    if (sent.length > 0 || logged.last?.author !== this.#notebook.sources.self || logged.last.source === text) return;
    this.#notebook.commit(cellId, this.#send(draft, [text]));
  }

  #send(draft: Draft, sources: string[]): string[] {
    const events = sources.map((source): SourceEvent => ({
      author: this.#notebook.sources.self,
      source,
      isPage: true,
    }));
    draft.sent.push(...events);
    draft.expected = events.reduce(takeSource, draft.expected);
    return sources;
  }

  /** Commits the text after a pause, but not before the log has what was committed before. */
  #wait(cellId: string, draft: Draft): void {
    draft.stop?.();
    draft.stop = this.#clock.setTimer(() => {
      draft.stop = undefined;
      if (draft.sent.length === 0) this.flush(cellId);
    }, PAUSE_MS);
  }
}
