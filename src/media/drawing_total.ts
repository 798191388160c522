/**
 * Adds up what drawing an SVG costs, and refuses it beyond the limits.
 *
 * @module
 */

import { MAX_ELEMENTS, MAX_LETTERS, MAX_PIXELS, MAX_POINTS, MAX_WORK, WORK } from "./drawing_limits.ts";
import { bounded, type Box } from "./svg_box.ts";
import { refuse } from "./svg_error.ts";

/** How far a layer reaches beyond the picture, in its widths and heights, as resvg has it. */
const LAYER_REACH = 2;

/** What a part of a drawing costs. */
export interface DrawingCosts {
  elements: number;
  letters: number;
  points: number;
  /** In pixels filled. */
  work: number;
}

/** The sum of what a drawing costs, so far. Every addition throws an {@linkcode SvgError} if it leads beyond a limit. */
export class DrawingTotal {
  readonly #width: number;
  readonly #height: number;
  #costs: DrawingCosts = { elements: 0, letters: 0, points: 0, work: 0 };

  /**
   * @param width that of the picture, in pixels
   * @param height the same
   */
  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#costs.work = 2 * width * height;
  }

  /** What has been added up. */
  get costs(): Readonly<DrawingCosts> {
    return this.#costs;
  }

  /** How long a line around the picture is that goes around it twice: for lines of unknown length. */
  get reach(): number {
    return 4 * (this.#width + this.#height);
  }

  /** Adds what something costs. */
  add({ elements = 0, letters = 0, points = 0, work = 0 }: Partial<DrawingCosts>): void {
    const before = this.#costs;
    this.#costs = {
      elements: before.elements + elements,
      letters: before.letters + letters,
      points: before.points + points,
      work: before.work + work,
    };
    const costs = this.#costs;
    refuse(costs.elements > MAX_ELEMENTS, `it has more than ${MAX_ELEMENTS} elements, repeated ones counted`);
    refuse(costs.letters > MAX_LETTERS, `it has more than ${MAX_LETTERS} letters`);
    refuse(costs.points > MAX_POINTS, `its shapes have more than ${MAX_POINTS} points`);
    refuse(!(costs.work <= MAX_WORK), "its layers, lines and areas take too long to draw");
  }

  /** Adds what has been added since, so many times more. */
  repeat(since: Readonly<DrawingCosts>, times: number): void {
    const { elements, letters, points, work } = this.#costs;
    this.add({
      elements: (elements - since.elements) * times,
      letters: (letters - since.letters) * times,
      points: (points - since.points) * times,
      work: (work - since.work) * times,
    });
  }

  /** A layer holds what is drawn on it up to {@linkcode LAYER_REACH} times the picture beyond it, to all sides. */
  addLayers(count: number, content: Box): void {
    const side = (from: number, to: number, size: number) =>
      Math.max(0, Math.min(to, (1 + LAYER_REACH) * size) - Math.max(from, -LAYER_REACH * size));
    const pixels = side(content[0], content[2], this.#width) * side(content[1], content[3], this.#height);
    refuse(!(pixels <= MAX_PIXELS), `it has a layer of more than ${MAX_PIXELS} pixels`);
    this.add({ work: count * (WORK.layer + WORK.layerPixel * pixels) });
  }

  /** How many pixels of the picture a box covers at most. */
  area(box: Box): number {
    return bounded(box[2] - box[0], this.#width) * this.rows(box);
  }

  /** How many rows of the picture's pixels a box covers at most. */
  rows(box: Box): number {
    return bounded(box[3] - box[1], this.#height);
  }
}
