/**
 * Finds the boundaries of user-perceived characters, which can have several code points: a flag, an emoji with a skin tone, an accent.
 *
 * @module
 */

/** Splits a text into user-perceived characters (grapheme clusters, Unicode Standard Annex 29). */
export const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Returns the start of the character that contains the UTF-16 code unit before an offset; 0 at the beginning of the text. */
export function characterStart(text: string, offset: number): number {
  if (offset > text.length) return text.length;
  return offset <= 0 ? 0 : characters.segment(text).containing(offset - 1)!.index;
}

/** Returns the end of the character that contains the UTF-16 code unit at an offset; the text's length at its end. */
export function characterEnd(text: string, offset: number): number {
  const character = characters.segment(text).containing(offset);
  return character === undefined ? text.length : character.index + character.segment.length;
}
