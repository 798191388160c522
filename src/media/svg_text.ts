/**
 * How large the letters of an SVG are, and how far its texts reach.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { MAX_ELEMENTS } from "./drawing_limits.ts";
import { type Box, grown } from "./svg_box.ts";
import { plainLength } from "./svg_outline.ts";
import { absoluteLength } from "./svg_styles.ts";
import { everyElement, nameOf, propertyOf } from "./svg_tree.ts";

/** The size of letters where none is given, in the drawing's units, as usvg has it; words such as `large` count as twice this. */
export const FONT_SIZE = 16;

/** How wide a letter is at most, in font sizes. */
const LETTER_WIDTH = 2;

/**
 * The size of an element's letters, in the drawing's units, at most.
 *
 * @param around that of the element that it is in
 * @param sheetFonts the sizes in style sheets, which may be any element's
 */
export function fontSizeOf(node: XmlElement, around: number, sheetFonts: readonly string[]): number {
  const own = [propertyOf(node, "font-size"), propertyOf(node, "font")].filter((size) => size !== undefined);
  const sizes = own.map((size) => fontSize(size, around));
  const sheet = sheetFonts.map((size) => fontSize(size, around));
  return Math.max(...(sizes.length > 0 ? sizes : [around]), ...sheet);
}

/**
 * Where a text lies: its letters go to either side of where it begins, and stay in their line.
 *
 * @param letters how many it has
 * @param size how large one is, with its outline
 * @returns `undefined` where it is placed in a way that is not followed
 */
export function textReach(text: XmlElement, letters: number, size: number): Box | undefined {
  const place = textBox(text);
  if (place === undefined) return undefined;
  const [left, top, right, bottom] = place;
  const [across, down] = [LETTER_WIDTH * letters * size, LETTER_WIDTH * size];
  return [left - across, top - down, right + across, bottom + down];
}

/**
 * Where a text may begin a line, and how far its shifts move it.
 *
 * @returns `undefined` where it is placed in another way
 */
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

/** The size of letters in the drawing's units, from `font-size` or the size in `font`. */
function fontSize(text: string, around: number): number {
  const sizes = [...text.matchAll(/([\d.]+(?:e\d+)?)\s*(em|rem|ex|%|px|pt|pc|in|cm|mm)?(?![\w.])/gi)];
  if (sizes.length === 0) return Math.max(2 * FONT_SIZE, 1.2 * around);
  const lengths = sizes.map(([length, value, unit = ""]) => {
    if (unit === "%") return Number(value) / 100 * around;
    return absoluteLength(length) ?? Number(value) * Math.max(around, FONT_SIZE);
  });
  return Math.max(...lengths);
}
