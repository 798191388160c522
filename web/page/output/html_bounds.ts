/**
 * Limits HTML before the browser parses it.
 *
 * @module
 */

/** The longest HTML, in characters. A notebook event has at most a million. */
const LENGTH = 2_000_000;

/** The deepest nesting of elements. The browser itself cuts at 512; a person uses fewer than 30. */
const DEPTH = 100;

/**
 * The highest sum of all elements' depths. It limits their number and the elements that a parser adds: after
 * `<div><font><font></div>` it opens both fonts again in every following paragraph.
 */
const WEIGHT = 400_000;

/** A tag, a comment, or anything else that starts like one. A tag ends at the first `>` here, and there or later in a browser. */
const TAG = /<(\/?)([a-z][^\s\/<>]*)([^<>]*)(>?)|<[!?\/]/gi;

/** Attributes that contain nothing like a tag, after white space has been collapsed. */
const PLAIN_ATTRIBUTES = /^(?: [^\s"'<>\/=]+(?: ?= ?(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)* ?\/?$/;

/** Elements without content, and elements that a parser closes automatically. */
const UNCOUNTED = new Set(
  ("area base br col embed hr img input link meta param source track wbr " +
    "dd dt li option p tbody td tfoot th thead tr").split(" "),
);

/**
 * Returns the reason HTML is too much for the page. It reads the HTML once and errs on the side of deeper nesting: an end tag
 * that matches no open element closes none, and a comment or an attribute that might hide a tag stays open.
 *
 * @returns the words after "it is"; `undefined` if the HTML can be rendered
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
