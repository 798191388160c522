/**
 * Finds the file names that a question mentions.
 *
 * @module
 */

/** A character that continues a name. */
const NAME_CHARACTER = /[\p{L}\p{N}_]/u;

/** A character that joins a name to a longer one: `old-t.csv`, `t.csv.gz`. */
const JOINT = /[-.]/;

/**
 * Returns the files that a text mentions. A file is mentioned if its whole name occurs in the text, with or without quotes or a
 * folder in front.
 *
 * @param text a text in a natural language, for example a question
 * @returns the mentioned names, in the order of their first mention
 */
export function mentionedFiles(text: string, names: readonly string[]): string[] {
  return [...new Set(names)]
    .map((name) => ({ name, at: name.trim() === "" ? -1 : findName(text, name) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)
    .map(({ name }) => name);
}

function findName(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (!isJoined(text[at - 1], text[at - 2]) && !isJoined(text[end], text[end + 1])) return at;
  }
  return -1;
}

/** Whether a found name is only part of a longer one, judged by the two characters next to it. */
function isJoined(next = "", afterNext = ""): boolean {
  return NAME_CHARACTER.test(next) || (JOINT.test(next) && NAME_CHARACTER.test(afterNext));
}
