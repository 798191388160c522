/**
 * Finds the texts of an SVG that would freeze a browser, which shapes, measures and positions every letter before it draws any.
 *
 * @module
 */

import { XmlElement, type XmlNode, XmlText } from "@rgrove/parse-xml";
import { childElements, nameOf } from "./svg_tree.ts";

/**
 * The largest number of letters in all texts. A page of a book has 2,000.
 *
 * Chromium 156 takes up to 0.7 s for this number, in any position, and 2 s for twice as many: the time for letters with combining
 * marks and for bidirectional scripts grows quadratically. It froze for more than 20 s at 200,000.
 */
export const MAX_SHOWN_LETTERS = 10_000;

/** The texts of an SVG, divided by the limit. */
export interface ShownTexts {
  /** The texts that are not shown, because earlier texts leave too few letters for them. */
  beyond: ReadonlySet<XmlElement>;
  /** The number of letters in the other texts. */
  letters: number;
}

/** Finds the texts that exceed the limit. Takes time that depends only on the length of the SVG. */
export function shownTexts(root: XmlElement): ShownTexts {
  const beyond = new Set<XmlElement>();
  let shown = 0;
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (nameOf(node) !== "text") {
      for (const child of childElements(node).toReversed()) waiting.push(child);
      continue;
    }
    const letters = lettersIn(node);
    if (shown + letters > MAX_SHOWN_LETTERS) beyond.add(node);
    else shown += letters;
  }
  return { beyond, letters: shown };
}

/** Counts the letters, including white space, in an element and its descendants. */
function lettersIn(element: XmlElement): number {
  let letters = 0;
  const waiting: XmlNode[] = [element];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof XmlText) letters += node.text.length;
    if (!(node instanceof XmlElement)) continue;
    for (const child of node.children) waiting.push(child);
  }
  return letters;
}
