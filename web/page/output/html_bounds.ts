/**
 * Bounds what the browser's parser makes of HTML, before it is parsed.
 *
 * @module
 */

/** The longest HTML, in characters. An event of a notebook has at most a million. */
const LENGTH = 2_000_000;

/** How deep elements may stand in each other. The browser itself cuts at 512; a person writes fewer than 30. */
const DEPTH = 100;

/**
 * The sum of all elements' depths. It bounds their number, and what a parser adds: after `<div><font><font></div>` it opens
 * both fonts again in every paragraph that follows.
 */
const WEIGHT = 400_000;

/** A tag, a comment, or anything else that begins as one. A tag ends at the first `>`, or later in a browser. */
const TAG = /<(\/?)([a-z][^\s\/<>]*)([^<>]*)(>?)|<[!?\/]/gi;

/** Attributes in which nothing looks like a tag, after white space has been collapsed. */
const PLAIN_ATTRIBUTES = /^(?: [^\s"'<>\/=]+(?: ?= ?(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)* ?\/?$/;

/** Elements that hold nothing, or that a parser closes by itself. */
const UNCOUNTED = new Set(
  ("area base br col embed hr img input link meta param source track wbr " +
    "dd dt li option p tbody td tfoot th thead tr").split(" "),
);

/**
 * Tells why HTML is too much for the page. Reads it once, and takes it for deeper rather than for shallower than it is:
 * an end that fits no open element closes none, and a comment or an attribute that might hide a tag stays open.
 *
 * @returns the words after "it is", or nothing when the HTML can be drawn
 */
export function excessOf(html: string): "too long" | "nested too deeply" | undefined {
  if (html.length > LENGTH) return "too long";
  const open: string[] = [];
  let hidden = 0;
  let weight = 0;
  for (const [, slash, name, attributes, end] of html.matchAll(TAG)) {
    const element = name?.toLowerCase();
    if (element === undefined || end === "") hidden++;
    else if (slash !== "") {
      if (open.at(-1) === element) open.pop();
    } else {
      if (!PLAIN_ATTRIBUTES.test(attributes.replaceAll(/\s+/g, " "))) hidden++;
      if (!UNCOUNTED.has(element)) open.push(element);
    }
    weight += 1 + open.length + hidden;
    if (open.length + hidden > DEPTH) return "nested too deeply";
    if (weight > WEIGHT) return "too long";
  }
}
