/**
 * Finds the texts of an SVG that make a browser freeze: it shapes, measures and places every letter before it draws one.
 *
 * @module
 */

import { XmlElement, type XmlNode, XmlText } from "@rgrove/parse-xml";
import { childElements, nameOf } from "./svg_tree.ts";

/**
 * The most letters of all texts together; a page of a book has 2,000.
 *
 * Chromium 156 takes up to 0.7 s for so many, however they are placed, and 2 s for twice as many: letters with marks, and
 * those of scripts that run in both directions, take a time that grows with the square. It froze for more than 20 s at 200,000.
 */
export const MAX_SHOWN_LETTERS = 10_000;

/** The texts of an SVG, and what of them is shown. */
export interface ShownTexts {
  /** The texts that do not fit among the letters that are shown, those before them counted. */
  beyond: ReadonlySet<XmlElement>;
  /** How many letters the others have. */
  letters: number;
}

/** Finds the texts beyond the bounds, in a time that grows with the length of the SVG alone. */
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

/** How many letters are in an element and in all elements in it, white space counted. */
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
