/**
 * Cuts the middle or the end out of a text that is too long.
 *
 * @module
 */

/**
 * Keeps the beginning and the end of a text and says between them how much is missing. Neither end is cut within a character.
 *
 * @param text the text
 * @param limit how many of its characters are kept, at most
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = characterBoundary(text, Math.ceil(limit / 2));
  const tail = characterBoundary(text, text.length - Math.floor(limit / 2));
  return `${text.slice(0, head)}\n${leftOut(tail - head)}\n${text.slice(tail)}`;
}

/**
 * Keeps the beginning of a text and says after it how much is missing. It is not cut within a character.
 *
 * @param text the text
 * @param limit how many of its characters are kept, at most
 */
export function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = characterBoundary(text, limit);
  return `${text.slice(0, end)}\n${leftOut(text.length - end)}`;
}

function leftOut(characters: number): string {
  return `[... ${characters} characters left out ...]`;
}

/** The nearest place at or after an index that is not between the halves of a surrogate pair. */
function characterBoundary(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index + 1 : index;
}
