/**
 * The ids of headings, by which links lead to them.
 *
 * @module
 */

/**
 * Makes ids as GitHub does: lower case, without punctuation, `-` for a space, and a number behind one that is there already.
 *
 * @param texts the headings, in the order of the page
 * @param isTaken whether something else on the page has an id. Default: nothing has
 * @returns their ids; empty where a heading has neither letters nor digits
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

/** What an id is made of, and a link to it may be: JupyterLab's `My-heading` is `my-heading` too. */
export function slugOf(text: string): string {
  return text.trim().toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, "").replaceAll(" ", "-").replaceAll(
    /^-+$/g,
    "",
  );
}
