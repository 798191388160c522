/**
 * What a person takes for one character, however many code points it has: a flag, an emoji with a skin tone, a letter with an accent.
 *
 * @module
 */

/** Splits a text into characters (grapheme clusters, Unicode Standard Annex 29). */
export const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Where the character begins that the UTF-16 code unit before an offset belongs to; 0 at the beginning. */
export function characterStart(text: string, offset: number): number {
  if (offset > text.length) return text.length;
  return offset <= 0 ? 0 : characters.segment(text).containing(offset - 1)!.index;
}

/** Where the character ends that begins at an offset, or around it; the length of the text at its end. */
export function characterEnd(text: string, offset: number): number {
  const character = characters.segment(text).containing(offset);
  return character === undefined ? text.length : character.index + character.segment.length;
}
