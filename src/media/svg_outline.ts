/**
 * Computes bounds of an SVG's shapes: their boxes, points and lengths.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import type { Box } from "./svg_box.ts";
import { nameOf } from "./svg_tree.ts";

const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi;
const PATH_TOKEN = /[MLHVCSQTAZ]|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi;

/** The number of arguments of each path command. */
const PATH_ARGUMENTS: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

const CURVES = new Set(["C", "S", "Q"]);

/** The outline of a shape, in the shape's units. */
export interface Outline {
  /** A box that contains the shape. */
  box: Box;
  points: number;
  /** An upper bound of the line's length. */
  length: number;
}

export function numbersIn(text = ""): number[] {
  return (text.match(NUMBER) ?? []).map(Number);
}

/**
 * Computes the outline of a shape.
 *
 * @param node a `path`, `rect`, `circle`, `ellipse`, `line`, `polyline` or `polygon`
 * @param percentOf an upper bound of the length that percentages refer to, in user units. Default: unknown
 * @returns `undefined` if a length has a unit of unknown size
 */
export function outlineOf(node: XmlElement, percentOf?: number): Outline | undefined {
  const { attributes } = node;
  const lengths = (...names: string[]) => names.map((name) => plainLength(attributes[name], percentOf));
  const name = nameOf(node);
  if (name === "path") return pathOutline(attributes.d ?? "");
  if (name === "polyline" || name === "polygon") return lineOutline(numbersIn(attributes.points));
  if (name === "line") return known(lengths("x1", "y1", "x2", "y2"), lineOutline);
  if (name === "circle") return known(lengths("cx", "cy", "r", "r"), ellipseOutline);
  if (name === "ellipse") {
    const [rx, ry] = [attributes.rx ?? attributes.ry, attributes.ry ?? attributes.rx].map((radius) =>
      plainLength(radius, percentOf)
    );
    return known([...lengths("cx", "cy"), rx, ry], ellipseOutline);
  }
  return known(lengths("x", "y", "width", "height"), ([x, y, width, height]) => ({
    box: [x, y, x + width, y + height],
    points: 8,
    length: 2 * (Math.abs(width) + Math.abs(height)),
  }));
}

/** Parses a length without a unit, in pixels or in percent. Returns 0 if it is missing, and `undefined` if it has another unit. */
export function plainLength(text: string | undefined, percentOf = NaN): number | undefined {
  const [, number, unit] = (text ?? "0").trim().match(/^(.*?)(px|%)?$/) ?? [];
  const value = unit === "%" ? Number(number) / 100 * percentOf : Number(number);
  return Number.isFinite(value) ? value : undefined;
}

function known(values: (number | undefined)[], outline: (values: number[]) => Outline): Outline | undefined {
  return values.every((value) => value !== undefined) ? outline(values) : undefined;
}

function ellipseOutline([cx, cy, rx, ry]: number[]): Outline {
  return { box: [cx - rx, cy - ry, cx + rx, cy + ry], points: 13, length: 2 * Math.PI * Math.max(rx, ry) };
}

function lineOutline(coordinates: number[]): Outline {
  const hull = new Hull();
  for (let at = 0; at + 1 < coordinates.length; at += 2) hull.to(coordinates[at], coordinates[at + 1]);
  return hull.outline();
}

/** Uses the points and the control points of the curves, whose hull contains the curves. */
function pathOutline(d: string): Outline {
  const tokens = d.match(PATH_TOKEN) ?? [];
  const hull = new Hull();
  let command = "M";
  for (let at = 0; at < tokens.length;) {
    if (/[a-z]/i.test(tokens[at][0])) command = tokens[at++];
    const taken = tokens.slice(at, at + PATH_ARGUMENTS[command.toUpperCase()]);
    at += taken.length;
    if (taken.length === 0 && command.toUpperCase() !== "Z") continue;
    hull.command(command, taken.map(Number));
    if (command.toUpperCase() === "Z" && !/[a-z]/i.test(tokens[at]?.[0] ?? "z")) break;
  }
  return hull.outline();
}

/** Collects the points of a path. */
class Hull {
  #box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  #points = 0;
  #length = 0;
  #pen: readonly [number, number] = [0, 0];
  #start: readonly [number, number] = [0, 0];
  /** The second control point of the last curve, which a smooth curve mirrors. */
  #control: readonly [number, number] = [0, 0];

  to(x: number, y: number): void {
    if (this.#points > 0) this.#length += Math.hypot(x - this.#pen[0], y - this.#pen[1]);
    this.#points++;
    this.#pen = [x, y];
    const [left, top, right, bottom] = this.#box;
    this.#box = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }

  command(command: string, values: number[]): void {
    const kind = command.toUpperCase();
    const [x, y] = command === kind ? [0, 0] : this.#pen;
    const pen = this.#pen;
    if (kind === "S" || kind === "T") this.to(2 * pen[0] - this.#control[0], 2 * pen[1] - this.#control[1]);
    const mirrored = this.#pen;
    if (kind === "Z") this.to(...this.#start);
    else if (kind === "H") this.to(x + values[0], pen[1]);
    else if (kind === "V") this.to(pen[0], y + values[0]);
    else if (kind === "A") this.#arc(values, x, y);
    else for (let at = 0; at + 1 < values.length; at += 2) this.to(x + values[at], y + values[at + 1]);
    if (kind === "T") this.#control = mirrored;
    else if (CURVES.has(kind) && values.length >= 4) this.#control = [x + values.at(-4)!, y + values.at(-3)!];
    else this.#control = this.#pen;
    if (kind === "M") this.#start = this.#pen;
  }

  outline(): Outline {
    const box: Box = this.#points === 0 ? [0, 0, 0, 0] : this.#box;
    return { box, points: this.#points, length: this.#length };
  }

  /** An arc stays within its diameter of its ends. The diameter grows at most to the distance between the ends. */
  #arc([rx = 0, ry = 0, , , , toX = 0, toY = 0]: number[], x: number, y: number): void {
    const [fromX, fromY] = this.#pen;
    const end = [x + toX, y + toY] as const;
    const reach = 2 * Math.max(Math.abs(rx), Math.abs(ry)) + Math.hypot(end[0] - fromX, end[1] - fromY);
    for (const [sideX, sideY] of [[-reach, -reach], [reach, reach]]) this.to(fromX + sideX, fromY + sideY);
    this.to(...end);
  }
}
