/**
 * Estimates the cost of drawing an SVG and rejects SVGs that cost too much.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { CONTAINERS, drawableElements, MARKED, paintWork, SHAPES, TEXTS } from "./drawing_elements.ts";
import { MAX_DRAWN_DEPTH, MAX_PIXELS, WORK } from "./drawing_limits.ts";
import { contentContext, type DrawingContext, rootContext } from "./drawing_context.ts";
import { DrawingTotal } from "./drawing_total.ts";
import { decodeBase64, pngSize, readRasterImage } from "./raster_image.ts";
import { type Box, EVERYWHERE, grown, NOWHERE, union } from "./svg_box.ts";
import { refuse } from "./svg_error.ts";
import { compose, mapBox, type Matrix, stretch, UNKNOWN } from "./svg_matrix.ts";
import { outlineOf, plainLength } from "./svg_outline.ts";
import { type StyleBounds, styleBounds } from "./svg_styles.ts";
import { textReach } from "./svg_text.ts";
import { childElements, hrefId, idsIn, nameOf, ownText, propertyOf, readSvgTree, type SvgTree } from "./svg_tree.ts";
import { canvasOf, markerMatrix, usedMatrix } from "./svg_view.ts";

/** The work for the points of a letter's outline, per row of pixels. */
const LETTER_POINTS = 40 * 80 / 10;

/**
 * Checks the cost of drawing an SVG. The time for the check is bounded by the length of the SVG and the limits.
 *
 * @param zoom the scale of the drawing, in pixels per SVG pixel; an image of more than {@linkcode MAX_PIXELS} is scaled down
 * @throws {SvgError} the SVG costs too much; the message says why
 */
export function checkDrawingCost(svg: string, zoom: number): void {
  const tree = readSvgTree(svg);
  new DrawingCost(tree, zoom).check();
}

/** Visits the elements of an SVG in the order in which they are drawn, and adds up their costs. */
class DrawingCost {
  readonly #tree: SvgTree;
  readonly #root: DrawingContext;
  readonly #styles: StyleBounds;
  readonly #paint: number;
  readonly #total: DrawingTotal;

  constructor(tree: SvgTree, zoom: number) {
    this.#tree = tree;
    const all = drawableElements(tree);
    this.#styles = styleBounds(tree, all);
    this.#paint = paintWork(all);
    const { width, height, scale, least } = canvasOf(tree.root);
    const zoomed = Math.min(zoom, Math.sqrt(MAX_PIXELS / (width * height)));
    this.#total = new DrawingTotal(width * zoomed, height * zoomed);
    const stretched = zoomed * scale;
    this.#root = rootContext([stretched, 0, 0, stretched, 0, 0], Math.max(width, height) / least);
  }

  check(): void {
    const { root } = this.#tree;
    const inside = contentContext(root, this.#root, this.#styles);
    this.#layers(root, 0, this.#children(root, inside), inside);
  }

  /** Adds the cost of an element and its content. Returns its bounding box, in pixels. */
  #visit(node: XmlElement, around: DrawingContext): Box {
    const name = nameOf(node);
    const isDrawn = [CONTAINERS, SHAPES, TEXTS].some((names) => names.has(name)) || name === "use" || name === "image";
    return isDrawn ? this.#drawn(node, around) : NOWHERE;
  }

  #drawn(node: XmlElement, around: DrawingContext): Box {
    const name = nameOf(node);
    this.#total.add({ elements: 1, work: WORK.element });
    refuse(around.depth > MAX_DRAWN_DEPTH, "it refers to itself, or is nested too deeply");
    const inside = contentContext(node, around, this.#styles);
    const box = this.#content(node, name, inside);
    this.#layers(node, name === "svg" || name === "symbol" ? 2 : 0, box, inside);
    return box;
  }

  #content(node: XmlElement, name: string, inside: DrawingContext): Box {
    if (SHAPES.has(name)) return this.#shape(node, inside);
    if (TEXTS.has(name)) return this.#text(node, name, inside);
    if (name === "image") return this.#image(node, inside);
    if (name === "use") return this.#use(node, inside);
    return this.#children(node, inside);
  }

  #children(node: XmlElement, inside: DrawingContext): Box {
    return childElements(node).map((child) => this.#visit(child, inside)).reduce(union, NOWHERE);
  }

  #shape(node: XmlElement, { matrix, depth, ...around }: DrawingContext): Box {
    const outline = outlineOf(node, around.percentOf);
    const { points, length } = outline ?? { points: 8, length: Infinity };
    const scale = stretch(matrix);
    const stroke = this.#styles.strokeWidth * scale;
    const box = outline === undefined ? EVERYWHERE : grown(mapBox(matrix, outline.box), stroke);
    const painted = Math.min(this.#total.area(box), this.#total.area(around.clipped ?? box));
    const rows = Math.min(this.#total.rows(box), this.#total.rows(around.clipped ?? box));
    this.#total.add({ points, work: 2 * painted * this.#paint + points * rows * WORK.pointRow });
    this.#dashes(outline === undefined ? this.#total.reach : length * scale, scale, stroke);
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
    const rows = this.#total.rows([0, 0, 0, stroke]);
    if (dashes > 0) this.#total.add({ work: dashes * (WORK.dash + rows * WORK.pointRow) });
  }

  /** Adds the cost of one marker, multiplied by the number of times it is drawn. */
  #marker(marker: XmlElement, times: number, around: DrawingContext): void {
    const before = this.#total.costs;
    const matrix = compose(around.matrix, markerMatrix(marker, this.#styles.strokeWidth));
    const box = this.#children(marker, { ...around, matrix });
    this.#total.add({ elements: 1, work: WORK.element });
    this.#total.addLayers(2, box);
    this.#total.repeat(before, times - 1);
  }

  #text(node: XmlElement, name: string, inside: DrawingContext): Box {
    const { matrix, fontSize } = inside;
    const before = this.#total.costs;
    const letters = [...ownText(node).replace(/\s+/g, " ")].length;
    const side = (fontSize + this.#styles.strokeWidth) * stretch(matrix);
    const box: Box = [0, 0, side, side];
    const letter = WORK.letter + 2 * this.#total.area(box) * this.#paint + LETTER_POINTS * this.#total.rows(box);
    this.#total.add({ letters, work: letters * letter + (name === "text" ? WORK.text : WORK.element) });
    for (const child of childElements(node)) this.#visit(child, inside);
    if (name !== "text") return NOWHERE;
    const inAll = this.#total.costs.letters - before.letters;
    this.#total.add({ work: (this.#total.costs.elements - before.elements) * inAll * WORK.textPartLetter });
    const reach = textReach(node, inAll, fontSize + this.#styles.strokeWidth);
    return reach === undefined ? EVERYWHERE : mapBox(matrix, reach);
  }

  #image(node: XmlElement, { matrix }: DrawingContext): Box {
    const href = node.attributes.href ?? node.attributes["xlink:href"];
    if (href === undefined || !/^\s*data:/.test(href)) return NOWHERE;
    const png = readRasterImage("image/png", href);
    refuse(png === undefined, "it contains an image that is not a PNG");
    const { width, height } = pngSize(decodeBase64(png!)!);
    refuse(width * height > MAX_PIXELS, `it contains an image of more than ${MAX_PIXELS} pixels`);
    const sized = { width: String(width), height: String(height), ...node.attributes };
    const [across, down] = [plainLength(sized.width), plainLength(sized.height)];
    const [x, y] = [plainLength(node.attributes.x), plainLength(node.attributes.y)];
    const isKnown = x !== undefined && y !== undefined && across !== undefined && down !== undefined;
    const box = isKnown ? mapBox(matrix, [x, y, x + across, y + down]) : EVERYWHERE;
    this.#total.add({ work: width * height * WORK.gradientPixel + this.#total.area(box) * WORK.imagePixel });
    return box;
  }

  #use(node: XmlElement, inside: DrawingContext): Box {
    const target = this.#tree.byId.get(hrefId(node) ?? "");
    if (target === undefined) return NOWHERE;
    const [x, y] = [plainLength(node.attributes.x), plainLength(node.attributes.y)];
    const move: Matrix = x === undefined || y === undefined ? UNKNOWN : [1, 0, 0, 1, x, y];
    const matrix = compose(inside.matrix, compose(move, usedMatrix(node, target)));
    return this.#drawn(target, { ...inside, matrix });
  }

  /** Adds the cost of the intermediate layers that an element is drawn on. `own` is the number of layers that its type always needs. */
  #layers(node: XmlElement, own: number, content: Box, inside: DrawingContext): void {
    const clips = [propertyOf(node, "clip-path") ?? "none"].filter((value) => value !== "none");
    const opacity = propertyOf(node, "opacity") ?? "1";
    const others = ["mix-blend-mode", "isolation"].filter((property) => propertyOf(node, property) !== undefined);
    const count = own + 2 * clips.length + (Number(opacity) === 1 ? 0 : 1) + others.length +
      (this.#styles.sheetLayers ? 2 : 0);
    if (count === 0) return;
    this.#total.addLayers(count, inside.clipped ?? content);
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
}
