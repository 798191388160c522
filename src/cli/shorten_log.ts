/**
 * Shortens text from untrusted sources before it is logged, such as names and ids of cells, requests, users, models, tools and files.
 *
 * @module
 */

/** The fields that hold a reason: a sentence, or an error with its stack. */
const REASONS: ReadonlySet<string> = new Set(["error", "fault", "loss", "message", "problem", "reason"]);

/** The maximum length of such a field, in characters: an error with a few stack frames. */
const MAX_REASON_LENGTH = 2_000;

/** The maximum length of any other field, in characters: a name, an id, an address. Real ones are shorter. */
const MAX_NAME_LENGTH = 200;

/** The maximum length of a message, in characters: an error with its whole stack. */
const MAX_MESSAGE_LENGTH = 10_000;

/** Shortens a field's value if it is too long, depending on the field's name. */
export function shortenField(name: string, text: string): string {
  return shorten(text, REASONS.has(name) ? MAX_REASON_LENGTH : MAX_NAME_LENGTH);
}

/** Shortens a message, and each word in it that is too long, such as a name. */
export function shortenMessage(message: string): string {
  const words = message.replaceAll(/\S+/g, (word) => shorten(word, MAX_NAME_LENGTH));
  return shorten(words, MAX_MESSAGE_LENGTH);
}

/** Cuts a text that is too long, and adds its original length. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).toWellFormed()}...(${text.length.toLocaleString("en-US")} characters)`;
}
