/**
 * Which files a text in a natural language mentions.
 *
 * @module
 */

/** What a name may be part of: a longer name, or a path. */
const NAME_CHARACTER = /[\p{L}\p{N}_]/u;

/** What may stand between a name and a longer one that it is part of: `old-t.csv`, `t.csv.gz`. */
const JOINT = /[-.]/;

/**
 * Tells which of some files a text mentions: where their whole names stand in it, with or without quotes, also behind a folder's.
 *
 * @param text the text: a question
 * @param names the names of the files
 * @returns those that are mentioned, in the order in which the text first does
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

/** Whether a name goes on beside where it was found: the character there, and the one behind that. */
function isJoined(next = "", afterNext = ""): boolean {
  return NAME_CHARACTER.test(next) || (JOINT.test(next) && NAME_CHARACTER.test(afterNext));
}
