/**
 * What the styles of an SVG come to at most, wherever they are given.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { numbersIn } from "./svg_outline.ts";
import { declarations, idsIn, propertyOf, type SvgTree } from "./svg_tree.ts";

/** How many pixels of an SVG one of a unit is; what depends on a font or a size is not among them. */
const UNITS: Record<string, number> = { "": 1, px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 37.8, mm: 3.78 };

const PAINTED_LAYERS = /(?<![\w-])(?:opacity|clip-path|mix-blend-mode|isolation)\s*:/i;

/** The most that styles come to. */
export interface StyleBounds {
  /** In the drawing's units, mitres included; infinite where it depends on a font or a size. */
  strokeWidth: number;
  /** The length of the shortest pattern of dashes, and how many dashes it has; `undefined` where no line is dashed. */
  dashes?: { length: number; count: number };
  /** The font sizes of style sheets. */
  sheetFonts: string[];
  /** The elements that style sheets refer to. */
  sheetIds: string[];
  /** Style sheets make a layer of whatever they apply to. */
  sheetLayers: boolean;
  /** Style sheets move or stretch whatever they apply to. */
  sheetTransforms: boolean;
}

/** Reads all styles of an SVG: its style sheets, and those of its elements. */
export function styleBounds({ sheet }: SvgTree, all: readonly XmlElement[]): StyleBounds {
  const values = (name: string) => [
    ...declarations(sheet, name),
    ...all.flatMap((node) => propertyOf(node, name) ?? []),
  ];
  const mitre = Math.max(2, ...maximum(values("stroke-miterlimit").flatMap(numbersIn)));
  const widths = values("stroke-width").map((width) => absoluteLength(width) ?? Infinity);
  return {
    strokeWidth: maximum([1, ...widths])[0] * mitre,
    dashes: shortestDashes(values("stroke-dasharray")),
    sheetFonts: [...new Set([...declarations(sheet, "font-size"), ...declarations(sheet, "font")])],
    sheetIds: [...new Set(idsIn(sheet))],
    sheetLayers: PAINTED_LAYERS.test(sheet),
    sheetTransforms: /(?<![\w-])transform(?:-origin)?\s*:/i.test(sheet),
  };
}

/** A length in the drawing's units; `undefined` where it depends on a font or a size, or is none. */
export function absoluteLength(text: string): number | undefined {
  const [, value, unit] = text.trim().match(/^([+-]?[\d.]+(?:e[+-]?\d+)?)\s*([a-z%]*)$/i) ?? [];
  const factor = UNITS[unit?.toLowerCase() ?? "?"];
  return factor === undefined ? undefined : Number(value) * factor;
}

function shortestDashes(patterns: string[]): StyleBounds["dashes"] {
  const dashed = patterns.filter((pattern) => /[1-9]/.test(pattern)).map((pattern) => {
    const lengths = pattern.split(/[\s,]+/).filter((part) => part !== "");
    const total = lengths.reduce((sum, length) => sum + (absoluteLength(length) ?? 0), 0);
    return { length: total, count: lengths.length };
  });
  return dashed.length === 0
    ? undefined
    : dashed.reduce((most, next) => next.count / next.length > most.count / most.length ? next : most);
}

/** The largest number, in a list; nothing of nothing. For lists that are too long for arguments. */
function maximum(numbers: number[]): number[] {
  return numbers.length === 0 ? [] : [numbers.reduce((most, next) => Math.max(most, next))];
}
