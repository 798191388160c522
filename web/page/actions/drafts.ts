/**
 * What has been typed and is not in the notebook yet: a letter each would make a long log.
 *
 * What others write meanwhile is merged into it. ARCHITECTURE.md tells how.
 *
 * @module
 */

import { type Clock, systemClock } from "../../../src/async/clock.ts";
import { portableText } from "../../../src/media/portable_text.ts";
import { beginHistory, type SourceEvent, type SourceHistory, sourcesFor, takeSource } from "../store/source_history.ts";
import type { SourceChange, SourceLog } from "../store/source_log.ts";
import { mergeTexts } from "../store/text_changes.ts";

/** How long after the last letter a text goes into the notebook, in milliseconds. */
const PAUSE_MS = 300;

/** The notebook, as far as drafts are concerned. */
export interface DraftedNotebook {
  /** What the log has. */
  sources: SourceLog;
  /** The source of a cell of which the log has none. */
  sourceOf(cellId: string): string;
  /** Puts a cell's sources into the notebook, one after the other, in one commit. */
  commit(cellId: string, sources: readonly string[]): void;
  /** Measures the pause. Default: the machine's clock. */
  clock?: Clock;
}

/** The source of a cell that somebody types into. */
interface Draft {
  /** What is in the log. */
  logged: SourceHistory;
  /** What this page has committed and the log does not have yet. */
  sent: SourceEvent[];
  /** What the log will be with it: the text on which draft and log last agreed. */
  expected: SourceHistory;
  /** What the editor shows. */
  text: string;
  /** Stops the pause after which the text is committed. */
  stop?: () => void;
}

/** The texts of cells that are being typed. */
export class Drafts {
  readonly #notebook: DraftedNotebook;
  readonly #clock: Clock;
  readonly #drafts = new Map<string, Draft>();
  readonly #editors = new Map<string, (text: string) => void>();

  /** @param notebook what the texts go into */
  constructor(notebook: DraftedNotebook) {
    this.#notebook = notebook;
    this.#clock = notebook.clock ?? systemClock;
    notebook.sources.listen((change) => this.#receive(change));
  }

  /** A cell's text has been changed by hand. */
  type(cellId: string, text: string): void {
    const draft = this.#draftOf(cellId);
    draft.text = portableText(text);
    this.#wait(cellId, draft);
  }

  /** Gives a cell another text, in its editor, too, as if somebody had typed it. */
  set(cellId: string, text: string): void {
    this.type(cellId, text);
    this.#editors.get(cellId)?.(this.read(cellId)!);
  }

  /** A cell's text as its editor is to show it; absent where the notebook's is right. */
  read(cellId: string): string | undefined {
    return this.#drafts.get(cellId)?.text ?? this.#notebook.sources.of(cellId)?.text;
  }

  /** Calls back with a cell's text when what others have written has changed it; the function that is returned ends it. */
  follow(cellId: string, show: (text: string) => void): () => void {
    this.#editors.set(cellId, show);
    return () => {
      if (this.#editors.get(cellId) === show) this.#editors.delete(cellId);
    };
  }

  /**
   * The sources that a cell is run with, in order; the last one is its text. The caller puts them into the notebook.
   *
   * @param source the source that the notebook has
   */
  take(cellId: string, source: string): string[] {
    const sources = this.#take(cellId);
    return sources.length > 0 ? sources : [this.read(cellId) ?? source];
  }

  /** Puts a cell's text into the notebook now. */
  flush(cellId: string): void {
    const sources = this.#take(cellId);
    if (sources.length > 0) this.#notebook.commit(cellId, sources);
  }

  /** Puts all texts into the notebook now. */
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

  /** Sees to it that the log gets the text; where others wrote between, that is for the page that wrote last. */
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

  /** Commits the text after a pause, and not before the log has what was committed before. */
  #wait(cellId: string, draft: Draft): void {
    draft.stop?.();
    draft.stop = this.#clock.setTimer(() => {
      draft.stop = undefined;
      if (draft.sent.length === 0) this.flush(cellId);
    }, PAUSE_MS);
  }
}
