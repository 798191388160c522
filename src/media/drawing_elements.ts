/**
 * What elements an SVG has: which of them draw, which are never drawn, and what they paint with.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { MAX_ELEMENTS, MAX_STYLE_MATCHES, WORK } from "./drawing_limits.ts";
import { refuse } from "./svg_error.ts";
import { everyElement, nameOf, propertyOf, type SvgTree } from "./svg_tree.ts";

const NEVER_DRAWN = /^(?:filter|mask|pattern|fe[A-Z]\w*)$/;

/** What draws what is in it where it stands; symbols, clip paths and markers do so where they are referred to. */
export const CONTAINERS = new Set(["svg", "g", "a", "switch"]);

/** What draws letters. */
export const TEXTS = new Set(["text", "tspan", "textPath"]);

/** What draws outlines. */
export const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]);

/** The shapes that have markers, unless they are in a clip path. */
export const MARKED = new Set(["path", "line", "polyline", "polygon"]);

/**
 * All elements of an SVG, if there is none among them that may take any time to draw, and not too many.
 *
 * @throws {SvgError} with the reason why it is not drawn
 */
export function drawableElements(tree: SvgTree): XmlElement[] {
  const all = everyElement(tree.root, MAX_ELEMENTS);
  refuse(all.length > MAX_ELEMENTS, `it has more than ${MAX_ELEMENTS} elements`);
  const rules = tree.sheet.split("{").length - 1;
  refuse(rules * Math.max(all.length, 1_000) > MAX_STYLE_MATCHES, `it has ${rules} rules of style`);
  for (const node of all) checkElement(node);
  refuse(/(?<![\w-])filter\s*:(?!\s*none)/i.test(tree.sheet), "its style sheet has a filter");
  return all;
}

/** What painting a pixel costs when every shape has the gradient of the most stops. */
export function paintWork(all: XmlElement[]): number {
  const gradients = all.filter((node) => /^(?:linear|radial)Gradient$/.test(nameOf(node)));
  if (gradients.length === 0) return 1;
  const stops = gradients.reduce((most, node) => Math.max(most, node.children.length), 0);
  return WORK.gradientPixel + stops * WORK.gradientStop;
}

function checkElement(node: XmlElement): void {
  const name = nameOf(node);
  refuse(NEVER_DRAWN.test(name), `it has a <${name}>, which may take any time to draw`);
  refuse((propertyOf(node, "filter") ?? "none") !== "none", "it has a filter, which may take any time to draw");
}
