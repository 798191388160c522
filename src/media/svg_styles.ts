/**
 * Computes upper bounds of an SVG's styles, from attributes and style sheets.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { numbersIn } from "./svg_outline.ts";
import { declarations, idsIn, propertyOf, type SvgTree } from "./svg_tree.ts";

/** The size of each unit, in pixels. Units that depend on a font or on another size are not listed. */
const UNITS: Record<string, number> = { "": 1, px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 37.8, mm: 3.78 };

const PAINTED_LAYERS = /(?<![\w-])(?:opacity|clip-path|mix-blend-mode|isolation)\s*:/i;

export interface StyleBounds {
  /** In user units, including miters. Infinite if it depends on a font or on another size. */
  strokeWidth: number;
  /** The length of the shortest dash pattern and its number of dashes; `undefined` if no line is dashed. */
  dashes?: { length: number; count: number };
  /** The font sizes in style sheets. */
  sheetFonts: string[];
  /** The ids that style sheets refer to. */
  sheetIds: string[];
  /** Whether style sheets create layers for the elements that they match. */
  sheetLayers: boolean;
  /** Whether style sheets transform the elements that they match. */
  sheetTransforms: boolean;
}

/** Reads all styles of an SVG, from its style sheets and from its elements. */
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

/** Parses a length in user units. Returns `undefined` if it is not a length, or depends on a font or on another size. */
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

/**
 * Returns a list with the largest number, or an empty list for an empty list. Unlike `Math.max(...)`, it accepts lists of any
 * length.
 */
function maximum(numbers: number[]): number[] {
  return numbers.length === 0 ? [] : [numbers.reduce((most, next) => Math.max(most, next))];
}
