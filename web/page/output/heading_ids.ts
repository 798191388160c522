/**
 * The ids of headings, for links.
 *
 * @module
 */

/**
 * Makes ids as GitHub does: lower case, without punctuation, `-` for a space, and a number after a repeated one.
 *
 * @param texts the headings, in the order of the page
 * @param isTaken whether something else on the page has an id. Default: nothing has
 * @returns their ids; empty for a heading without letters and digits
 */
export function headingIds(texts: readonly string[], isTaken: (id: string) => boolean = () => false): string[] {
  const given = new Set<string>();
  const next = new Map<string, number>();
  return texts.map((text) => {
    const slug = slugOf(text);
    if (slug === "") return "";
    let count = next.get(slug) ?? 0;
    let id = count === 0 ? slug : `${slug}-${count}`;
    while (given.has(id) || isTaken(id)) id = `${slug}-${++count}`;
    next.set(slug, count + 1);
    given.add(id);
    return id;
  });
}

/**
 * Normalizes a text to the form of an id. A link is normalized in the same way, so JupyterLab's `My-heading` finds `my-heading`.
 */
export function slugOf(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, "").replaceAll(" ", "-").replaceAll(
    /^-+$/g,
    "",
  );
}
