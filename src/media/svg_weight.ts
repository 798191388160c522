/**
 * Weighs an SVG with all that its references repeat, as a browser draws it.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { outlineOf } from "./svg_outline.ts";
import { MAX_SHOWN_LETTERS } from "./svg_text_bounds.ts";
import { childElements, everyElement, hrefId, idsIn, nameOf, ownText, type SvgTree } from "./svg_tree.ts";

/** The most weight that an SVG's repetitions add to its own elements. */
const MAX_WEIGHT = 100_000;

/** How many elements a letter of a text is worth, so that repetitions add as many letters as may be shown without them. */
const LETTER_WEIGHT = MAX_WEIGHT / MAX_SHOWN_LETTERS;

/** The longest chain of elements in and behind each other; nothing that is drawn in one way has more. */
const MAX_CHAIN = 500;

/** The most elements times references in style sheets: each reference may be each element's. */
const MAX_SHEET_REFERENCES = 1_000_000;

/** How many elements using one of these is worth: each is drawn apart, and then laid over the drawing. */
const WEIGHTS: Record<string, number> = { filter: 500, mask: 100, pattern: 100 };

/** What repeats other elements. */
const REPEATING = new Set(["use", "mask", "pattern", "filter", "marker", "clipPath"]);

/** The shapes that have markers. */
const MARKED = new Set(["path", "line", "polyline", "polygon"]);

/** A property that puts a marker on every point of a line: `marker-mid`, or `marker`. */
const ON_POINTS = /(?<![\w-])marker(?:-mid)?(?![\w-])/;

/** The lines that markers are on. */
interface Marked {
  lines: number;
  points: number;
}

/** Whether an element repeats others, or is made to be repeated. */
export function isRepeating(node: XmlElement): boolean {
  return REPEATING.has(nameOf(node));
}

/**
 * Whether what is repeated in an SVG takes a browser too long.
 *
 * @param options what of it is not shown, and how many letters the texts that are shown have
 */
export function isRepeatedTooOften(
  tree: SvgTree,
  { ignored, letters }: { ignored: ReadonlySet<XmlElement>; letters: number },
): boolean {
  const { length } = everyElement(tree.root);
  const sheetIds = [...new Set(idsIn(tree.sheet))];
  if (sheetIds.length * length > MAX_SHEET_REFERENCES) return true;
  return new WeightOf(tree, ignored, sheetIds).of(tree.root) > MAX_WEIGHT + length + LETTER_WEIGHT * letters;
}

/** What an element weighs without what is in it and behind it. */
function ownWeight(node: XmlElement): number {
  return /^(?:text|tspan|textPath|a)$/.test(nameOf(node)) ? 1 + LETTER_WEIGHT * ownText(node).length : 1;
}

/** Weighs elements with what they refer to, each once. */
class WeightOf {
  readonly #tree: SvgTree;
  readonly #ignored: ReadonlySet<XmlElement>;
  readonly #weights = new Map<XmlElement, number>();
  readonly #marked = new Map<XmlElement, Marked>();
  readonly #sheetIds: readonly string[];
  readonly #sheetMarksPoints: boolean;

  constructor(tree: SvgTree, ignored: ReadonlySet<XmlElement>, sheetIds: readonly string[]) {
    this.#tree = tree;
    this.#ignored = ignored;
    this.#sheetIds = sheetIds;
    this.#sheetMarksPoints = ON_POINTS.test(tree.sheet);
  }

  /** An element in itself, which no browser draws, weighs nothing there. */
  of(node: XmlElement, depth = 0): number {
    if (depth > MAX_CHAIN) return Infinity;
    if (this.#ignored.has(node)) return 0;
    const known = this.#weights.get(node);
    if (known !== undefined) return known;
    this.#weights.set(node, 0);
    const children = childElements(node).map((child) => this.of(child, depth + 1));
    const referred = this.#references(node).map(({ target, times }) =>
      times * ((WEIGHTS[nameOf(target)] ?? 0) + this.of(target, depth + 1))
    );
    const weight = [...children, ...referred].reduce((sum, part) => sum + part, ownWeight(node));
    this.#weights.set(node, weight);
    return weight;
  }

  /** What an element refers to, and how often that is drawn for it. */
  #references(node: XmlElement): { target: XmlElement; times: number }[] {
    const used = nameOf(node) === "use" ? hrefId(node) : undefined;
    const inAttributes = Object.entries(node.attributes).flatMap(([name, value]) =>
      idsIn(value).map((id) => ({ id, isOnPoints: ON_POINTS.test(name === "style" ? value : name) }))
    );
    const inSheets = this.#sheetIds.map((id) => ({ id, isOnPoints: this.#sheetMarksPoints }));
    const ids = [...inAttributes, ...inSheets, ...(used === undefined ? [] : [{ id: used, isOnPoints: false }])];
    return ids.flatMap(({ id, isOnPoints }) => {
      const target = this.#tree.byId.get(id);
      if (target === undefined || this.#ignored.has(target)) return [];
      if (nameOf(node) !== "use" && !isRepeating(target)) return [];
      if (nameOf(target) !== "marker") return [{ target, times: 1 }];
      const { lines, points } = this.#markedIn(node);
      return [{ target, times: isOnPoints ? points : lines }];
    });
  }

  /** The lines that an element's markers are on: its own, those in it, and those that are used in it. */
  #markedIn(node: XmlElement, depth = 0): Marked {
    const known = this.#marked.get(node);
    if (known !== undefined || depth > MAX_CHAIN) return known ?? { lines: 0, points: 0 };
    const own = MARKED.has(nameOf(node)) ? { lines: 1, points: outlineOf(node)?.points ?? 2 } : { lines: 0, points: 0 };
    this.#marked.set(node, own);
    const used = nameOf(node) === "use" ? this.#tree.byId.get(hrefId(node) ?? "") : undefined;
    const all = [...childElements(node), ...(used === undefined ? [] : [used])].map((each) =>
      this.#markedIn(each, depth + 1)
    );
    const marked = all.reduce((sum, { lines, points }) => ({
      lines: sum.lines + lines,
      points: sum.points + points,
    }), own);
    this.#marked.set(node, marked);
    return marked;
  }
}
