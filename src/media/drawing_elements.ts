/**
 * Classifies the elements of an SVG: those that draw something, those that are not allowed, and those that define paint.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { MAX_ELEMENTS, MAX_STYLE_MATCHES, WORK } from "./drawing_limits.ts";
import { refuse } from "./svg_error.ts";
import { everyElement, nameOf, propertyOf, type SvgTree } from "./svg_tree.ts";

const NEVER_DRAWN = /^(?:filter|mask|pattern|fe[A-Z]\w*)$/;

/** Elements that draw their content in place. Symbols, clip paths and markers draw theirs only where they are referenced. */
export const CONTAINERS = new Set(["svg", "g", "a", "switch"]);

export const TEXTS = new Set(["text", "tspan", "textPath"]);

export const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]);

/** The shapes that can have markers, except in a clip path. */
export const MARKED = new Set(["path", "line", "polyline", "polygon"]);

/**
 * Returns all elements of an SVG.
 *
 * @throws {SvgError} there are too many elements, or one of them could take unlimited time to draw
 */
export function drawableElements(tree: SvgTree): XmlElement[] {
  const all = everyElement(tree.root, MAX_ELEMENTS);
  refuse(all.length > MAX_ELEMENTS, `it has more than ${MAX_ELEMENTS} elements`);
  const rules = tree.sheet.split("{").length - 1;
  refuse(rules * Math.max(all.length, 1_000) > MAX_STYLE_MATCHES, `it has too many style rules (${rules})`);
  for (const node of all) checkElement(node);
  refuse(/(?<![\w-])filter\s*:(?!\s*none)/i.test(tree.sheet), "its style sheet has a filter");
  return all;
}

/** Returns the cost of painting a pixel, assuming that every shape has the gradient with the most stops. */
export function paintWork(all: XmlElement[]): number {
  const gradients = all.filter((node) => /^(?:linear|radial)Gradient$/.test(nameOf(node)));
  if (gradients.length === 0) return 1;
  const stops = gradients.reduce((most, node) => Math.max(most, node.children.length), 0);
  return WORK.gradientPixel + stops * WORK.gradientStop;
}

function checkElement(node: XmlElement): void {
  const name = nameOf(node);
  refuse(NEVER_DRAWN.test(name), `it has a <${name}>, which may take unlimited time to draw`);
  refuse((propertyOf(node, "filter") ?? "none") !== "none", "it has a filter, which may take unlimited time to draw");
}
