/**
 * Computes the size of an SVG's image, and the transformations of nested SVGs, symbols and markers.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { MAX_PIXELS } from "./drawing_limits.ts";
import { bounded } from "./svg_box.ts";
import { refuse } from "./svg_error.ts";
import { type Matrix, readTransform, UNKNOWN } from "./svg_matrix.ts";
import { numbersIn, plainLength } from "./svg_outline.ts";
import { absoluteLength } from "./svg_styles.ts";
import { nameOf } from "./svg_tree.ts";

export interface Canvas {
  /** In pixels, before scaling. */
  width: number;
  /** In pixels, before scaling. */
  height: number;
  /** The larger scale of both axes, in pixels per user unit. */
  scale: number;
  /** The smaller scale of both axes, in pixels per user unit. */
  least: number;
}

/**
 * Computes the size of the image that an SVG describes.
 *
 * @throws {SvgError} the SVG has no size
 */
export function canvasOf({ attributes }: XmlElement): Canvas {
  const view = numbersIn(attributes.viewBox);
  const [viewWidth, viewHeight] = view.length === 4 ? [view[2], view[3]] : [undefined, undefined];
  const unknown = Math.sqrt(MAX_PIXELS);
  const width = absoluteLength(attributes.width ?? "") ?? viewWidth ?? unknown;
  const height = absoluteLength(attributes.height ?? "") ?? viewHeight ?? unknown;
  refuse(!(width > 0 && height > 0), "it has no size");
  const scales = [width / (viewWidth ?? width), height / (viewHeight ?? height)];
  return { width, height, scale: Math.max(...scales), least: Math.min(...scales) };
}

/** Returns the transformation of a nested `svg` element's content. */
export function viewMatrix(node: XmlElement): Matrix {
  if (nameOf(node) !== "svg") return readTransform();
  const { attributes } = node;
  const view = numbersIn(attributes.viewBox);
  const [x, y] = [plainLength(attributes.x), plainLength(attributes.y)];
  if (x === undefined || y === undefined) return UNKNOWN;
  if (view.length !== 4) return [1, 0, 0, 1, x, y];
  return stretched(view, attributes, x, y);
}

/** Returns the transformation that fits a symbol or SVG to the size of the `use` element. */
export function usedMatrix(use: XmlElement, target: XmlElement): Matrix {
  const resized = use.attributes.width !== undefined || use.attributes.height !== undefined;
  if (nameOf(target) === "svg") return resized ? UNKNOWN : readTransform();
  const view = numbersIn(target.attributes.viewBox);
  if (nameOf(target) !== "symbol" || view.length !== 4) return readTransform();
  const { width, height } = { ...target.attributes, ...use.attributes };
  return stretched(view, { width, height }, 0, 0);
}

/** Returns an upper bound of a marker's transformation on a line of the given width. The marker may be rotated. */
export function markerMatrix({ attributes }: XmlElement, strokeWidth: number): Matrix {
  const size = (name: string) => plainLength(attributes[name] ?? "3") ?? Infinity;
  const view = numbersIn(attributes.viewBox);
  const viewed = view.length === 4 ? Math.max(size("markerWidth") / view[2], size("markerHeight") / view[3]) : 1;
  const turned = 1.5;
  const scale = bounded(turned * viewed * (attributes.markerUnits === "userSpaceOnUse" ? 1 : strokeWidth));
  return [scale, 0, 0, scale, 0, 0];
}

function stretched(view: number[], { width, height }: Record<string, string>, x: number, y: number): Matrix {
  const [across, down] = [plainLength(width ?? "?"), plainLength(height ?? "?")];
  if (across === undefined || down === undefined) return UNKNOWN;
  const scale = bounded(Math.max(across / view[2], down / view[3]));
  return [scale, 0, 0, scale, x - view[0] * scale, y - view[1] * scale];
}
