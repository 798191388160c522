/**
 * Computes the transformations of an SVG's elements.
 *
 * @module
 */

import type { Box } from "./svg_box.ts";
import { numbersIn } from "./svg_outline.ts";

/** A transformation `[a b c d e f]`, as in SVG's `matrix()`. */
export type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Used if the scale is unknown: it is larger than for any image. */
export const UNKNOWN: Matrix = [1e9, 0, 0, 1e9, 0, 0];

/** Returns the transformation that applies first `inner` and then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Parses a `transform` attribute. Default: the identity. */
export function readTransform(transform = ""): Matrix {
  const steps = [...transform.matchAll(/([a-z]+)\s*\(([^)]*)\)/gi)];
  return steps.reduce((whole, [, name, values]) => compose(whole, step(name, numbersIn(values))), IDENTITY);
}

/** Returns the smallest upright box around a transformed box. */
export function mapBox([a, b, c, d, e, f]: Matrix, [left, top, right, bottom]: Box): Box {
  const corners = [[left, top], [right, top], [left, bottom], [right, bottom]];
  const xs = corners.map(([x, y]) => a * x + c * y + e);
  const ys = corners.map(([x, y]) => b * x + d * y + f);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Returns the largest factor by which a transformation can stretch a length. */
export function stretch([a, b, c, d]: Matrix): number {
  return Math.hypot(a, b, c, d);
}

function step(name: string, [first = 0, second, ...rest]: number[]): Matrix {
  switch (name.toLowerCase()) {
    case "matrix":
      return [first, second ?? 0, ...rest, 0, 0, 0, 0].slice(0, 6) as unknown as Matrix;
    case "translate":
      return [1, 0, 0, 1, first, second ?? 0];
    case "scale":
      return [first, 0, 0, second ?? first, 0, 0];
    case "rotate":
      return rotation(first, second ?? 0, rest[0] ?? 0);
    case "skewx":
      return [1, 0, Math.tan(first * Math.PI / 180), 1, 0, 0];
    case "skewy":
      return [1, Math.tan(first * Math.PI / 180), 0, 1, 0, 0];
    default:
      return IDENTITY;
  }
}

function rotation(degrees: number, x: number, y: number): Matrix {
  const [cos, sin] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}
