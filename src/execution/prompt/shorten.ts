/**
 * Shortens texts by removing the middle or the end.
 *
 * @module
 */

/**
 * Keeps the beginning and the end of a text and inserts how much is missing. Characters are never split.
 *
 * @param limit the number of characters that are kept
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = characterBoundary(text, Math.ceil(limit / 2));
  const tail = characterBoundary(text, text.length - Math.floor(limit / 2));
  return `${text.slice(0, head)}\n${leftOut(tail - head)}\n${text.slice(tail)}`;
}

/**
 * Keeps the beginning of a text and appends how much is missing. Characters are never split.
 *
 * @param limit the number of characters that are kept
 */
export function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = characterBoundary(text, limit);
  return `${text.slice(0, end)}\n${leftOut(text.length - end)}`;
}

function leftOut(characters: number): string {
  return `[... ${characters} characters left out ...]`;
}

/** Returns the nearest index at or after the given one that does not split a surrogate pair. */
function characterBoundary(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index + 1 : index;
}
