/**
 * A cell's source as every page computes it from the log.
 *
 * An event carries a whole source and does not say which text was edited. An event that was sent while others wrote is stored
 * after theirs. The log alone reveals the edited text because pages keep to a rule: before a page commits an edit of a text other
 * than its own last source, it commits that text again, in the same commit. So each page merges the same events to the same text.
 *
 * @module
 */

import { mergeTexts } from "./text_changes.ts";

/** The number of texts that are remembered, to recognize one that is committed again. */
const MOST_REMEMBERED = 100;

export interface SourceEvent {
  /** The client that wrote the source. */
  author: string;
  source: string;
  /** Whether the author is a page like this one. Sources of other clients are not merged: the last one wins. */
  isPage: boolean;
}

/** The state of a page that has written. */
interface Author {
  /** The last source that the page wrote. */
  source: string;
  /** The number of the text that resulted from it. */
  since: number;
}

/** A cell's source and the data needed to continue from it. */
export interface SourceHistory {
  /** The merged text of all authors. */
  readonly text: string;
  /** The last event. Other clients take its source for the text. */
  readonly last?: SourceEvent;
  readonly authors: ReadonlyMap<string, Author>;
  /** The number of texts so far. */
  readonly count: number;
  readonly texts: readonly string[];
}

/** Starts with an empty cell, or with a text that a page has written. */
export function beginHistory(author?: string, text = ""): SourceHistory {
  const authors = new Map(author === undefined ? [] : [[author, { source: text, since: 0 }]]);
  return { text, authors, count: 1, texts: [text] };
}

/** Applies the next event of the log. */
export function takeSource(history: SourceHistory, event: SourceEvent): SourceHistory {
  const text = readText(history, event);
  const count = history.count + 1;
  return {
    text,
    last: event,
    authors: new Map(history.authors).set(event.author, { source: event.source, since: count - 1 }),
    count,
    texts: [...history.texts, text].slice(-MOST_REMEMBERED),
  };
}

/**
 * Returns the sources that a page commits to change the history's text to another one.
 *
 * @param isUncertain whether sources of others may still be stored before the page's last one. Nobody else knows the current text
 *   then, so the change is applied to the page's own last source
 */
export function sourcesFor(history: SourceHistory, author: string, text: string, isUncertain: boolean): string[] {
  const own = lastOf(history, author);
  if (own === history.text) return [text];
  return isUncertain ? [mergeTexts(history.text, own, text)] : [history.text, text];
}

function readText(history: SourceHistory, { author, source, isPage }: SourceEvent): string {
  if (!isPage) return source;
  const { text, count, texts } = history;
  const since = history.authors.get(author)?.since ?? 0;
  const isWrittenOnceMore = texts.slice(since - count).includes(source);
  return isWrittenOnceMore ? text : mergeTexts(lastOf(history, author), text, source);
}

/** Returns the last source of a page. A cell starts empty. */
function lastOf({ authors }: SourceHistory, author: string): string {
  return authors.get(author)?.source ?? "";
}
