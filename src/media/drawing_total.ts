/**
 * Adds up the cost of drawing an SVG and rejects it if a limit is exceeded.
 *
 * @module
 */

import { MAX_ELEMENTS, MAX_LETTERS, MAX_PIXELS, MAX_POINTS, MAX_WORK, WORK } from "./drawing_limits.ts";
import { bounded, type Box } from "./svg_box.ts";
import { refuse } from "./svg_error.ts";

/** The distance that a layer extends beyond the image on each side, in widths and heights of the image. Source: resvg. */
const LAYER_REACH = 2;

/** The cost of a part of a drawing. */
export interface DrawingCosts {
  elements: number;
  letters: number;
  points: number;
  /** In filled pixels. */
  work: number;
}

/** The total cost so far. Every addition throws an {@linkcode SvgError} if it exceeds a limit. */
export class DrawingTotal {
  readonly #width: number;
  readonly #height: number;
  #costs: DrawingCosts = { elements: 0, letters: 0, points: 0, work: 0 };

  /** The image's width and height are in pixels. */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#costs.work = 2 * width * height;
  }

  get costs(): Readonly<DrawingCosts> {
    return this.#costs;
  }

  /** Twice the perimeter of the image, in pixels. Used for lines of unknown length. */
  get reach(): number {
    return 4 * (this.#width + this.#height);
  }

  add({ elements = 0, letters = 0, points = 0, work = 0 }: Partial<DrawingCosts>): void {
    const before = this.#costs;
    this.#costs = {
      elements: before.elements + elements,
      letters: before.letters + letters,
      points: before.points + points,
      work: before.work + work,
    };
    const costs = this.#costs;
    refuse(costs.elements > MAX_ELEMENTS, `it has more than ${MAX_ELEMENTS} elements, including repeated ones`);
    refuse(costs.letters > MAX_LETTERS, `it has more than ${MAX_LETTERS} letters`);
    refuse(costs.points > MAX_POINTS, `its shapes have more than ${MAX_POINTS} points`);
    refuse(!(costs.work <= MAX_WORK), "its layers, lines and areas take too long to draw");
  }

  /** Adds the costs since an earlier total again, multiplied by a number. */
  repeat(since: Readonly<DrawingCosts>, times: number): void {
    const { elements, letters, points, work } = this.#costs;
    this.add({
      elements: (elements - since.elements) * times,
      letters: (letters - since.letters) * times,
      points: (points - since.points) * times,
      work: (work - since.work) * times,
    });
  }

  /** Adds layers. A layer holds its content up to {@linkcode LAYER_REACH} times the image beyond each side. */
  addLayers(count: number, content: Box): void {
    const side = (from: number, to: number, size: number) =>
      Math.max(0, Math.min(to, (1 + LAYER_REACH) * size) - Math.max(from, -LAYER_REACH * size));
    const pixels = side(content[0], content[2], this.#width) * side(content[1], content[3], this.#height);
    refuse(!(pixels <= MAX_PIXELS), `it has a layer of more than ${MAX_PIXELS} pixels`);
    this.add({ work: count * (WORK.layer + WORK.layerPixel * pixels) });
  }

  /** Returns the largest number of the image's pixels that a box can cover. */
  area(box: Box): number {
    return bounded(box[2] - box[0], this.#width) * this.rows(box);
  }

  /** Returns the largest number of the image's pixel rows that a box can cover. */
  rows(box: Box): number {
    return bounded(box[3] - box[1], this.#height);
  }
}
