/**
 * Estimates what drawing an SVG costs, and refuses what costs too much.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import {
  MAX_DRAWN_DEPTH,
  MAX_ELEMENTS,
  MAX_LETTERS,
  MAX_PIXELS,
  MAX_POINTS,
  MAX_STYLE_MATCHES,
  MAX_WORK,
  WORK,
} from "./drawing_limits.ts";
import { decodeBase64, pngSize, readRasterImage } from "./raster_image.ts";
import { SvgError } from "./svg_error.ts";
import { compose, mapBox, type Matrix, readTransform, stretch } from "./svg_matrix.ts";
import { type Box, numbersIn, outlineOf, plainLength } from "./svg_outline.ts";
import { absoluteLength, type StyleBounds, styleBounds } from "./svg_styles.ts";
import { childElements, hrefId, idsIn, nameOf, ownText, propertyOf, readSvgTree, type SvgTree } from "./svg_tree.ts";

const NEVER_DRAWN = /^(?:filter|mask|pattern|fe[A-Z]\w*)$/;
/** What draws what is in it where it stands; symbols, clip paths and markers do so where they are referred to. */
const CONTAINERS = new Set(["svg", "g", "a", "switch"]);
const TEXTS = new Set(["text", "tspan", "textPath"]);
const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]);

/** The shapes that have markers, unless they are in a clip path. */
const MARKED = new Set(["path", "line", "polyline", "polygon"]);

/** Stretches everything beyond every picture: where it is not known how much something is stretched. */
const UNKNOWN: Matrix = [1e9, 0, 0, 1e9, 0, 0];
const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];
const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];

/** The size of letters where none is given, in the drawing's units, as usvg has it; words such as `large` count as twice this. */
const FONT_SIZE = 16;

/** How far a layer reaches beyond the picture, in its widths and heights, as resvg has it. */
const LAYER_REACH = 2;

/** The work for the points of a letter's outline, on each row of pixels. */
const LETTER_POINTS = 40 * 80 / 10;

/** How wide a letter is at most, in font sizes. */
const LETTER_WIDTH = 2;

/** What the elements around one make of it. */
interface Surroundings {
  matrix: Matrix;
  depth: number;
  fontSize: number;
  /** In a clip path: what it clips; no more than that is painted of it, and its layers are as large. */
  clipped?: Box;
  /** What percentages are of, at most: the longer side of what is seen; `undefined` in another view than the picture's. */
  percentOf?: number;
  /** The clip paths and markers that it is in. */
  within: readonly string[];
  /** The markers on its shapes: id, and whether they are on each point. */
  markers: readonly (readonly [id: string, everywhere: boolean])[];
}

/**
 * Checks what drawing an SVG costs. The check itself takes a time that grows with the length of the SVG and the limits.
 *
 * @param zoom how many pixels go into one of the SVG's; a picture of more than {@linkcode MAX_PIXELS} is drawn smaller
 * @throws {SvgError} with the reason why it is not drawn
 */
export function checkDrawingCost(svg: string, zoom: number): void {
  const tree = readSvgTree(svg);
  new DrawingCost(tree, zoom).check();
}

class DrawingCost {
  readonly #tree: SvgTree;
  readonly #width: number;
  readonly #height: number;
  readonly #matrix: Matrix;
  readonly #percentOf: number;
  readonly #styles: StyleBounds;
  readonly #paint: number;
  #elements = 0;
  #letters = 0;
  #points = 0;
  #work = 0;

  constructor(tree: SvgTree, zoom: number) {
    this.#tree = tree;
    const all = everyElement(tree.root);
    refuse(all.length > MAX_ELEMENTS, `it has more than ${MAX_ELEMENTS} elements`);
    const rules = tree.sheet.split("{").length - 1;
    refuse(rules * Math.max(all.length, 1_000) > MAX_STYLE_MATCHES, `it has ${rules} rules of style`);
    for (const node of all) checkElement(node);
    refuse(/(?<![\w-])filter\s*:(?!\s*none)/i.test(tree.sheet), "its style sheet has a filter");
    this.#styles = styleBounds(tree, all);
    this.#paint = paintWork(all);
    const size = canvasOf(tree.root);
    const scale = Math.min(zoom, Math.sqrt(MAX_PIXELS / (size.width * size.height)));
    [this.#width, this.#height] = [size.width * scale, size.height * scale];
    this.#percentOf = Math.max(size.width, size.height) / size.least;
    const stretched = scale * size.scale;
    this.#matrix = [stretched, 0, 0, stretched, 0, 0];
    this.#work = 2 * this.#width * this.#height;
  }

  check(): void {
    const { root } = this.#tree;
    const around = {
      matrix: this.#matrix,
      depth: 0,
      fontSize: FONT_SIZE,
      percentOf: this.#percentOf,
      markers: [],
      within: [],
    };
    const inside = this.#inside(root, around);
    const boxes = childElements(root).map((child) => this.#visit(child, inside));
    this.#layers(root, 0, boxes.reduce(union, NOWHERE), inside);
  }

  /** Counts an element and all in it; returns where it lies, in pixels. */
  #visit(node: XmlElement, around: Surroundings): Box {
    const name = nameOf(node);
    const isDrawn = [CONTAINERS, SHAPES, TEXTS].some((names) => names.has(name)) || name === "use" || name === "image";
    return isDrawn ? this.#drawn(node, around) : NOWHERE;
  }

  #drawn(node: XmlElement, around: Surroundings): Box {
    const name = nameOf(node);
    this.#add({ elements: 1, work: WORK.element });
    refuse(around.depth > MAX_DRAWN_DEPTH, "it refers to itself, or is nested too deeply");
    const inside = this.#inside(node, around);
    const box = this.#content(node, name, inside);
    this.#layers(node, name === "svg" || name === "symbol" ? 2 : 0, box, inside);
    return box;
  }

  #content(node: XmlElement, name: string, inside: Surroundings): Box {
    if (SHAPES.has(name)) return this.#shape(node, inside);
    if (TEXTS.has(name)) return this.#text(node, name, inside);
    if (name === "image") return this.#image(node, inside);
    if (name === "use") return this.#use(node, inside);
    return childElements(node).map((child) => this.#visit(child, inside)).reduce(union, NOWHERE);
  }

  #inside(node: XmlElement, around: Surroundings): Surroundings {
    const transform = propertyOf(node, "transform");
    const moved = this.#styles.sheetTransforms || propertyOf(node, "transform-origin") !== undefined;
    const own = moved ? UNKNOWN : readTransform(transform);
    const viewed = around.depth === 0 ? own : compose(own, viewMatrix(node));
    return {
      ...around,
      depth: around.depth + 1,
      matrix: compose(around.matrix, viewed),
      fontSize: this.#fontSize(node, around.fontSize),
      percentOf: around.depth > 0 && /^(?:svg|symbol)$/.test(nameOf(node)) ? undefined : around.percentOf,
      markers: [...markersOf(node), ...around.markers].slice(0, 3),
    };
  }

  #fontSize(node: XmlElement, around: number): number {
    const own = [propertyOf(node, "font-size"), propertyOf(node, "font")].filter((size) => size !== undefined);
    const sizes = own.map((size) => fontSize(size, around));
    const sheet = this.#styles.sheetFonts.map((size) => fontSize(size, around));
    return Math.max(...(sizes.length > 0 ? sizes : [around]), ...sheet);
  }

  #shape(node: XmlElement, { matrix, depth, ...around }: Surroundings): Box {
    const outline = outlineOf(node, around.percentOf);
    const { points, length } = outline ?? { points: 8, length: Infinity };
    const scale = stretch(matrix);
    const stroke = this.#styles.strokeWidth * scale;
    const box = outline === undefined ? EVERYWHERE : grown(mapBox(matrix, outline.box), stroke);
    const painted = Math.min(this.#area(box), this.#area(around.clipped ?? box));
    const rows = Math.min(this.#rows(box), this.#rows(around.clipped ?? box));
    this.#add({ points, work: 2 * painted * this.#paint + points * rows * WORK.pointRow });
    this.#dashes(outline === undefined ? 4 * (this.#width + this.#height) : length * scale, scale, stroke);
    if (around.clipped !== undefined || !MARKED.has(nameOf(node))) return box;
    const sheetMarkers = this.#styles.sheetIds.map((id) => [id, true] as const);
    for (const [id, everywhere] of [...around.markers, ...sheetMarkers]) {
      const marker = this.#tree.byId.get(id);
      if (marker === undefined || nameOf(marker) !== "marker" || around.within.includes(id)) continue;
      const within = [...around.within, id];
      this.#marker(marker, everywhere ? points + 2 : 1, {
        ...around,
        matrix,
        depth,
        percentOf: undefined,
        markers: [],
        within,
      });
    }
    return box;
  }

  #dashes(length: number, scale: number, stroke: number): void {
    if (this.#styles.dashes === undefined) return;
    const { length: period, count } = this.#styles.dashes;
    const dashes = length / scale / period * count;
    if (dashes > 0) this.#add({ work: dashes * (WORK.dash + Math.min(stroke, this.#height) * WORK.pointRow) });
  }

  /** Counts what one marker costs, as many times as it is drawn. */
  #marker(marker: XmlElement, times: number, around: Surroundings): void {
    const before = [this.#elements, this.#letters, this.#points, this.#work];
    const byStroke = marker.attributes.markerUnits !== "userSpaceOnUse";
    const size = (name: string) => plainLength(marker.attributes[name] ?? "3") ?? Infinity;
    const view = numbersIn(marker.attributes.viewBox);
    const viewed = view.length === 4 ? Math.max(size("markerWidth") / view[2], size("markerHeight") / view[3]) : 1;
    const turned = 1.5;
    const scale = bounded(turned * viewed * (byStroke ? this.#styles.strokeWidth : 1));
    const matrix = compose(around.matrix, [scale, 0, 0, scale, 0, 0]);
    const boxes = childElements(marker).map((child) => this.#visit(child, { ...around, matrix }));
    this.#add({ elements: 1, work: WORK.element });
    this.#addLayers(2, boxes.reduce(union, NOWHERE));
    const [elements, letters, points, work] = before;
    this.#add({
      elements: (this.#elements - elements) * (times - 1),
      letters: (this.#letters - letters) * (times - 1),
      points: (this.#points - points) * (times - 1),
      work: (this.#work - work) * (times - 1),
    });
  }

  #text(node: XmlElement, name: string, inside: Surroundings): Box {
    const { matrix, fontSize } = inside;
    const before = { letters: this.#letters, elements: this.#elements };
    const letters = [...ownText(node).replace(/\s+/g, " ")].length;
    const side = (fontSize + this.#styles.strokeWidth) * stretch(matrix);
    const box: Box = [0, 0, side, side];
    const letter = WORK.letter + 2 * this.#area(box) * this.#paint + LETTER_POINTS * this.#rows(box);
    this.#add({ letters, work: letters * letter + (name === "text" ? WORK.text : WORK.element) });
    for (const child of childElements(node)) this.#visit(child, inside);
    if (name !== "text") return NOWHERE;
    const inAll = this.#letters - before.letters;
    this.#add({ work: (this.#elements - before.elements) * inAll * WORK.textPartLetter });
    const place = textBox(node);
    return place === undefined
      ? EVERYWHERE
      : mapBox(matrix, textReach(place, inAll, fontSize + this.#styles.strokeWidth));
  }

  #image(node: XmlElement, { matrix }: Surroundings): Box {
    const href = node.attributes.href ?? node.attributes["xlink:href"];
    if (href === undefined || !/^\s*data:/.test(href)) return NOWHERE;
    const png = readRasterImage("image/png", href);
    refuse(png === undefined, "it holds a picture that is no PNG");
    const { width, height } = pngSize(decodeBase64(png!)!);
    refuse(width * height > MAX_PIXELS, `it holds a picture of more than ${MAX_PIXELS} pixels`);
    const sized = { width: String(width), height: String(height), ...node.attributes };
    const [across, down] = [plainLength(sized.width), plainLength(sized.height)];
    const [x, y] = [plainLength(node.attributes.x), plainLength(node.attributes.y)];
    const isKnown = x !== undefined && y !== undefined && across !== undefined && down !== undefined;
    const box = isKnown ? mapBox(matrix, [x, y, x + across, y + down]) : EVERYWHERE;
    this.#add({ work: width * height * WORK.gradientPixel + this.#area(box) * WORK.imagePixel });
    return box;
  }

  #use(node: XmlElement, inside: Surroundings): Box {
    const target = this.#tree.byId.get(hrefId(node) ?? "");
    if (target === undefined) return NOWHERE;
    const [x, y] = [plainLength(node.attributes.x), plainLength(node.attributes.y)];
    const move: Matrix = x === undefined || y === undefined ? UNKNOWN : [1, 0, 0, 1, x, y];
    const matrix = compose(inside.matrix, compose(move, usedMatrix(node, target)));
    return this.#drawn(target, { ...inside, matrix });
  }

  /** Counts the layers, some of its own kind's, that an element is drawn on before it is laid over what is below. */
  #layers(node: XmlElement, own: number, content: Box, inside: Surroundings): void {
    const clips = [propertyOf(node, "clip-path") ?? "none"].filter((value) => value !== "none");
    const opacity = propertyOf(node, "opacity") ?? "1";
    const others = ["mix-blend-mode", "isolation"].filter((property) => propertyOf(node, property) !== undefined);
    const count = own + 2 * clips.length + (Number(opacity) === 1 ? 0 : 1) + others.length +
      (this.#styles.sheetLayers ? 2 : 0);
    if (count === 0) return;
    this.#addLayers(count, inside.clipped ?? content);
    const sheetIds = this.#styles.sheetIds.filter((id) => !inside.within.includes(id));
    for (const id of [...clips.flatMap(idsIn), ...sheetIds]) {
      const clip = this.#tree.byId.get(id);
      if (clip === undefined || nameOf(clip) !== "clipPath") continue;
      const inBox = clip.attributes.clipPathUnits === "objectBoundingBox";
      this.#drawn(clip, {
        ...inside,
        clipped: inside.clipped ?? content,
        within: [...inside.within, id],
        ...(inBox ? { matrix: UNKNOWN } : {}),
      });
    }
  }

  /** A layer holds what is drawn on it up to {@linkcode LAYER_REACH} times the picture beyond it, to all sides. */
  #addLayers(count: number, content: Box): void {
    const side = (from: number, to: number, size: number) =>
      Math.max(0, Math.min(to, (1 + LAYER_REACH) * size) - Math.max(from, -LAYER_REACH * size));
    const pixels = side(content[0], content[2], this.#width) * side(content[1], content[3], this.#height);
    refuse(!(pixels <= MAX_PIXELS), `it has a layer of more than ${MAX_PIXELS} pixels`);
    this.#add({ work: count * (WORK.layer + WORK.layerPixel * pixels) });
  }

  #add({ elements = 0, letters = 0, points = 0, work = 0 }: Partial<Record<string, number>>): void {
    this.#elements += elements;
    this.#letters += letters;
    this.#points += points;
    this.#work += work;
    refuse(this.#elements > MAX_ELEMENTS, `it has more than ${MAX_ELEMENTS} elements, repeated ones counted`);
    refuse(this.#letters > MAX_LETTERS, `it has more than ${MAX_LETTERS} letters`);
    refuse(this.#points > MAX_POINTS, `its shapes have more than ${MAX_POINTS} points`);
    refuse(!(this.#work <= MAX_WORK), "its layers, lines and areas take too long to draw");
  }

  #area(box: Box): number {
    return bounded(box[2] - box[0], this.#width) * this.#rows(box);
  }

  #rows(box: Box): number {
    return bounded(box[3] - box[1], this.#height);
  }
}

function refuse(isRefused: boolean, reason: string): void {
  if (isRefused) throw new SvgError(reason);
}

function everyElement(root: XmlElement): XmlElement[] {
  const all = [root];
  for (let at = 0; at < all.length && all.length <= MAX_ELEMENTS; at++) {
    for (const child of childElements(all[at])) all.push(child);
  }
  return all;
}

function checkElement(node: XmlElement): void {
  const name = nameOf(node);
  refuse(NEVER_DRAWN.test(name), `it has a <${name}>, which may take any time to draw`);
  refuse((propertyOf(node, "filter") ?? "none") !== "none", "it has a filter, which may take any time to draw");
}

/**
 * Where a text may begin a line, and how far its shifts move it.
 *
 * @returns `undefined` where it is placed in another way
 */
function textBox(text: XmlElement): Box | undefined {
  const parts = everyElement(text);
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

/** A text's box: letters go to either side of where it begins, and stay in their line. */
function textReach([left, top, right, bottom]: Box, letters: number, size: number): Box {
  const [across, down] = [LETTER_WIDTH * letters * size, LETTER_WIDTH * size];
  return [left - across, top - down, right + across, bottom + down];
}

/** What painting a pixel costs when every shape has the gradient of the most stops. */
function paintWork(all: XmlElement[]): number {
  const gradients = all.filter((node) => /^(?:linear|radial)Gradient$/.test(nameOf(node)));
  if (gradients.length === 0) return 1;
  const stops = gradients.reduce((most, node) => Math.max(most, node.children.length), 0);
  return WORK.gradientPixel + stops * WORK.gradientStop;
}

/** The size of the picture, and how many of its pixels go into a unit of its content, at most and at least. */
function canvasOf({ attributes }: XmlElement): { width: number; height: number; scale: number; least: number } {
  const view = numbersIn(attributes.viewBox);
  const [viewWidth, viewHeight] = view.length === 4 ? [view[2], view[3]] : [undefined, undefined];
  const unknown = Math.sqrt(MAX_PIXELS);
  const width = absoluteLength(attributes.width ?? "") ?? viewWidth ?? unknown;
  const height = absoluteLength(attributes.height ?? "") ?? viewHeight ?? unknown;
  refuse(!(width > 0 && height > 0), "it has no size");
  const scales = [width / (viewWidth ?? width), height / (viewHeight ?? height)];
  return { width, height, scale: Math.max(...scales), least: Math.min(...scales) };
}

/** How a nested `svg` moves and stretches its content. */
function viewMatrix(node: XmlElement): Matrix {
  if (nameOf(node) !== "svg") return readTransform();
  const { attributes } = node;
  const view = numbersIn(attributes.viewBox);
  const [x, y] = [plainLength(attributes.x), plainLength(attributes.y)];
  if (x === undefined || y === undefined) return UNKNOWN;
  if (view.length !== 4) return [1, 0, 0, 1, x, y];
  return stretched(view, attributes, x, y);
}

/** How `use` stretches a symbol or an SVG to its own size. */
function usedMatrix(use: XmlElement, target: XmlElement): Matrix {
  const resized = use.attributes.width !== undefined || use.attributes.height !== undefined;
  if (nameOf(target) === "svg") return resized ? UNKNOWN : readTransform();
  const view = numbersIn(target.attributes.viewBox);
  if (nameOf(target) !== "symbol" || view.length !== 4) return readTransform();
  const { width, height } = { ...target.attributes, ...use.attributes };
  return stretched(view, { width, height }, 0, 0);
}

function stretched(view: number[], { width, height }: Record<string, string>, x: number, y: number): Matrix {
  const [across, down] = [plainLength(width ?? "?"), plainLength(height ?? "?")];
  if (across === undefined || down === undefined) return UNKNOWN;
  const scale = bounded(Math.max(across / view[2], down / view[3]));
  return [scale, 0, 0, scale, x - view[0] * scale, y - view[1] * scale];
}

function markersOf(node: XmlElement): [id: string, everywhere: boolean][] {
  return ["marker", "marker-start", "marker-mid", "marker-end"].flatMap((property) =>
    idsIn(propertyOf(node, property) ?? "").map((id): [string, boolean] => [id, !/start|end/.test(property)])
  );
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

/** A number up to another one, where it is a number at all. */
function bounded(value: number, most = 1e9): number {
  return Number.isNaN(value) ? most : Math.min(Math.max(value, 0), most);
}

function union(one: Box, other: Box): Box {
  return [
    Math.min(one[0], other[0]),
    Math.min(one[1], other[1]),
    Math.max(one[2], other[2]),
    Math.max(one[3], other[3]),
  ];
}

function grown([left, top, right, bottom]: Box, by: number): Box {
  return [left - by, top - by, right + by, bottom + by];
}
