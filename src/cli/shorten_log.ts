/**
 * Shortens what strangers choose before it is logged: names and ids of cells, requests, users, models, tools and files.
 *
 * @module
 */

/** The fields that say why, as sentences or with the place in the source. */
const REASONS: ReadonlySet<string> = new Set(["error", "fault", "loss", "message", "problem", "reason"]);

/** The most characters of such a field: an error with a few of its places. */
const MAX_REASON_LENGTH = 2_000;

/** The most characters of any other field: a name, an id, an address. Real ones are shorter. */
const MAX_NAME_LENGTH = 200;

/** The most characters of a message: an error with all of its places. */
const MAX_MESSAGE_LENGTH = 10_000;

/** Shortens a field's value. */
export function shortenField(name: string, text: string): string {
  return shorten(text, REASONS.has(name) ? MAX_REASON_LENGTH : MAX_NAME_LENGTH);
}

/** Shortens a message, and each name in it: a word of its own that is too long. */
export function shortenMessage(message: string): string {
  const words = message.replaceAll(/\S+/g, (word) => shorten(word, MAX_NAME_LENGTH));
  return shorten(words, MAX_MESSAGE_LENGTH);
}

/** The beginning of a text that is too long, and how long it was. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).toWellFormed()}...(${text.length.toLocaleString("en-US")} characters)`;
}
