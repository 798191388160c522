/**
 * Filters the list of notebooks.
 *
 * @module
 */

/** Whether a title contains all words of a filter, in any order. Case and accents are ignored. */
export function matchesTitle(title: string, filter: string): boolean {
  const text = plain(title);
  return plain(filter).split(/\s+/).every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.trim().normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
