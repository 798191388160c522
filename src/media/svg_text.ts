/**
 * Computes upper bounds of the size and position of an SVG's texts.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { MAX_ELEMENTS } from "./drawing_limits.ts";
import { type Box, grown } from "./svg_box.ts";
import { plainLength } from "./svg_outline.ts";
import { absoluteLength } from "./svg_styles.ts";
import { everyElement, nameOf, propertyOf } from "./svg_tree.ts";

/** The default font size in user units. Source: usvg. Keywords such as `large` count as twice this size. */
export const FONT_SIZE = 16;

/** The largest width of a letter, in font sizes. */
const LETTER_WIDTH = 2;

/**
 * Returns an upper bound of an element's font size, in user units.
 *
 * @param around the font size of the parent element
 * @param sheetFonts the font sizes in style sheets, any of which could apply to the element
 */
export function fontSizeOf(node: XmlElement, around: number, sheetFonts: readonly string[]): number {
  const own = [propertyOf(node, "font-size"), propertyOf(node, "font")].filter((size) => size !== undefined);
  const sizes = own.map((size) => fontSize(size, around));
  const sheet = sheetFonts.map((size) => fontSize(size, around));
  return Math.max(...(sizes.length > 0 ? sizes : [around]), ...sheet);
}

/**
 * Returns a box that contains a text. Its letters may extend to both sides of its position, but stay on their line.
 *
 * @param size the size of a letter, including its stroke
 * @returns `undefined` if the text is positioned by means that are not supported
 */
export function textReach(text: XmlElement, letters: number, size: number): Box | undefined {
  const place = textBox(text);
  if (place === undefined) return undefined;
  const [left, top, right, bottom] = place;
  const [across, down] = [LETTER_WIDTH * letters * size, LETTER_WIDTH * size];
  return [left - across, top - down, right + across, bottom + down];
}

/** Returns the box in which the lines of a text may begin, enlarged by its shifts; `undefined` if it is positioned by other means. */
function textBox(text: XmlElement): Box | undefined {
  const parts = everyElement(text, MAX_ELEMENTS);
  if (parts.some((part) => nameOf(part) === "textPath" || /spacing/.test(JSON.stringify(part.attributes)))) return;
  const all = (name: string) => parts.flatMap((part) => part.attributes[name]?.split(/[\s,]+/).filter(Boolean) ?? []);
  const [xs, ys, ...shifts] = ["x", "y", "dx", "dy"].map((name) => all(name).map((place) => plainLength(place)));
  if ([xs, ys, ...shifts].flat().includes(undefined)) return;
  const moved = shifts.flat().reduce<number>((sum, shift) => sum + Math.abs(shift!), 0);
  const range = (values: (number | undefined)[]) =>
    (values.length > 0 ? values as number[] : [0]).toSorted((one, other) => one - other);
  const [across, down] = [range(xs), range(ys)];
  return grown([across[0], down[0], across.at(-1)!, down.at(-1)!], moved);
}

/** Parses the font size, in user units, of a `font-size` or `font` property. */
function fontSize(text: string, around: number): number {
  const sizes = [...text.matchAll(/([\d.]+(?:e\d+)?)\s*(em|rem|ex|%|px|pt|pc|in|cm|mm)?(?![\w.])/gi)];
  if (sizes.length === 0) return Math.max(2 * FONT_SIZE, 1.2 * around);
  const lengths = sizes.map(([length, value, unit = ""]) => {
    if (unit === "%") return Number(value) / 100 * around;
    return absoluteLength(length) ?? Number(value) * Math.max(around, FONT_SIZE);
  });
  return Math.max(...lengths);
}
