/**
 * Finds the name at the cursor.
 *
 * @module
 */

const NAME_CHARACTER = /[\p{ID_Continue}.]/u;
const DOTTED = /^[\p{ID_Start}_][\p{ID_Continue}]*(?:\.[\p{ID_Start}_][\p{ID_Continue}]*)*$/u;

/** How far before the cursor an open parenthesis is searched for, in characters. */
const MAX_CALL = 2_000;

/**
 * Finds the name for a tooltip: the name at the cursor, or else the function in whose call the cursor is.
 *
 * @returns a name, which may contain dots; `undefined` if there is none
 */
export function nameAtCursor(code: string, index: number): string | undefined {
  const name = nameAround(code, index);
  if (name !== undefined) return name;
  const before = code.slice(Math.max(0, index - MAX_CALL), index);
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    if (before[at] === ")") depth += 1;
    else if (before[at] === "(") depth -= 1;
    if (depth < 0) return nameAround(before, before.slice(0, at).trimEnd().length);
  }
  return undefined;
}

function nameAround(code: string, index: number): string | undefined {
  let from = index;
  while (from > 0 && NAME_CHARACTER.test(code[from - 1])) from -= 1;
  let to = index;
  // A dot after the cursor begins the next part of the name.
  while (to < code.length && code[to] !== "." && NAME_CHARACTER.test(code[to])) to += 1;
  const name = code.slice(from, to).replace(/\.$/, "");
  return DOTTED.test(name) ? name : undefined;
}
