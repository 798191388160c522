/**
 * Estimates the weight of an SVG in a browser, including all elements that references repeat.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { MARKED } from "./drawing_elements.ts";
import { outlineOf } from "./svg_outline.ts";
import { MAX_SHOWN_LETTERS } from "./svg_text_bounds.ts";
import { childElements, everyElement, hrefId, idsIn, nameOf, ownText, type SvgTree } from "./svg_tree.ts";

/** The largest weight that repetitions may add to the weight of the elements themselves. */
const MAX_WEIGHT = 100_000;

/** The weight of a letter. Repetitions can therefore add as many letters as an SVG without repetitions may have. */
const LETTER_WEIGHT = MAX_WEIGHT / MAX_SHOWN_LETTERS;

/** The longest chain of nested and referenced elements. Ordinary drawings stay far below it. */
const MAX_CHAIN = 500;

/** The largest product of elements and references in style sheets, because each reference may apply to each element. */
const MAX_SHEET_REFERENCES = 1_000_000;

/** The weight of each use of these elements. Each is drawn separately and then blended into the drawing. */
const WEIGHTS: Record<string, number> = { filter: 500, mask: 100, pattern: 100 };

const REPEATING = new Set(["use", "mask", "pattern", "filter", "marker", "clipPath"]);

/** A property that puts a marker on every point of a line: `marker-mid` or `marker`. */
const ON_POINTS = /(?<![\w-])marker(?:-mid)?(?![\w-])/;

/** The number of lines with markers, and of their points. */
interface Marked {
  lines: number;
  points: number;
}

/** Whether an element repeats other elements, or defines something that is repeated. */
export function isRepeating(node: XmlElement): boolean {
  return REPEATING.has(nameOf(node));
}

/**
 * Whether a browser takes too long to draw the repetitions in an SVG.
 *
 * @param options `ignored`: the elements that are not shown; `letters`: the number of letters in the texts that are shown
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

/** Returns the weight of an element without its children and references. */
function ownWeight(node: XmlElement): number {
  return /^(?:text|tspan|textPath|a)$/.test(nameOf(node)) ? 1 + LETTER_WEIGHT * ownText(node).length : 1;
}

/** Computes the weights of elements with their references. Each element is visited once. */
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

  /** Returns the weight of an element. A cyclic reference has no weight, because browsers do not draw it. */
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

  /** Returns the elements that an element refers to, and how often each is drawn for it. */
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

  /** Counts the lines on which an element's markers are drawn: its own, and those of its descendants and of the elements it uses. */
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
