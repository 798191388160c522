/**
 * A cell's source as all pages make it out of the log.
 *
 * An event carries a whole source and does not say what it was made from, and one that was sent while others wrote is stored behind
 * theirs. The log alone tells what it was made from, because pages keep to a rule: who goes on from a text that is not the own last
 * one writes that text once more first, in the same commit. So each page merges the same events to the same text.
 *
 * @module
 */

import { mergeTexts } from "./text_changes.ts";

/** How many texts are remembered to know one that is written once more. */
const MOST_REMEMBERED = 100;

/** A source that somebody has written into the log. */
export interface SourceEvent {
  /** The client that has written it. */
  author: string;
  source: string;
  /** Whether the author is a page like this one. Other clients' sources are taken as they are: the last one wins. */
  isPage: boolean;
}

/** What is known of a page that has written. */
interface Author {
  /** The source that it has written last. */
  source: string;
  /** The number of the text that this led to. */
  since: number;
}

/** A cell's source, and what is needed to go on from it. */
export interface SourceHistory {
  /** The text that holds what everybody has written. */
  readonly text: string;
  /** What was written last: what other clients take for the text. */
  readonly last?: SourceEvent;
  readonly authors: ReadonlyMap<string, Author>;
  /** How many texts there were. */
  readonly count: number;
  /** The last texts. */
  readonly texts: readonly string[];
}

/** Begins with a cell that is empty, or with a text that a page has written. */
export function beginHistory(author?: string, text = ""): SourceHistory {
  const authors = new Map(author === undefined ? [] : [[author, { source: text, since: 0 }]]);
  return { text, authors, count: 1, texts: [text] };
}

/** Takes an event that continues the log. */
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
 * The sources that a page commits to lead from the history's text to another one.
 *
 * @param isUncertain whether others may still come before the page's last source: the text of now is then none that they know, and
 * what is new goes into the own last source
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

/** What a page has written last; a cell begins empty. */
function lastOf({ authors }: SourceHistory, author: string): string {
  return authors.get(author)?.source ?? "";
}
