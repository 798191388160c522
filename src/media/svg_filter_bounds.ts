/**
 * Finds what makes a browser freeze on an SVG that it is shown: filters without measure, texts, and elements that multiply.
 *
 * A browser draws on the thread that answers its user, and no page can stop it.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { numbersIn } from "./svg_outline.ts";
import { MAX_SHOWN_LETTERS, shownTexts } from "./svg_text_bounds.ts";
import { childElements, everyElement, hrefId, idsIn, nameOf, ownText, type SvgTree, svgTree } from "./svg_tree.ts";

/** The most steps of one filter; a shadow with light has about eight. */
const MAX_PRIMITIVES = 20;

/**
 * The most that an attribute of a filter's step may be, each number of it. Noise finer than ten octaves cannot be seen;
 * the rest are sizes in pixels, which time grows with, or the sides of a matrix.
 */
const MAX_VALUES: Record<string, number> = {
  numOctaves: 10,
  radius: 50,
  stdDeviation: 100,
  order: 9,
  kernelUnitLength: 100,
};

/** The most that a filter's region may be wide or high, as a multiple of what is filtered. */
const MAX_REGION_RATIO = 3;
/** The same, for a region in the drawing's units. */
const MAX_REGION_SIZE = 4_000;

/** The most length in a filter that CSS writes as a function: `blur(5px)`, in any unit. */
const MAX_CSS_BLUR = 100;
const CSS_BLUR = /(?:blur|drop-shadow)\((?:[^()]|\([^()]*\))*\)?/gi;
const CSS_LENGTH = /([\d.]+(?:e\+?\d+)?)(?:px|pt|pc|in|cm|mm|q|r?em|ex|ch|v[wh]|vmin|vmax)/gi;

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

/** What of an SVG takes a browser too long, in elements. */
export interface SlowElements {
  /** The filters beyond the bounds. */
  filters: ReadonlySet<XmlElement>;
  /** The texts beyond the bounds. */
  texts: ReadonlySet<XmlElement>;
  /** All that repeats other elements, where that is too often; else nothing. */
  repeating: ReadonlySet<XmlElement>;
}

/** Finds what takes a browser too long, in a time that grows with the length of the SVG alone. */
export function slowElements(root: XmlElement): SlowElements {
  const tree = svgTree(root);
  const all = everyElement(root);
  const filters = new Set(all.filter((node) => nameOf(node) === "filter" && isSlowFilter(node)));
  const texts = shownTexts(root);
  const sheetIds = [...new Set(idsIn(tree.sheet))];
  const once = all.length + LETTER_WEIGHT * texts.letters;
  const isRepeatedTooOften = sheetIds.length * all.length > MAX_SHEET_REFERENCES ||
    new WeightOf(tree, filters.union(texts.beyond), sheetIds).of(root) > MAX_WEIGHT + once;
  return {
    filters,
    texts: texts.beyond,
    repeating: new Set(isRepeatedTooOften ? all.filter((node) => REPEATING.has(nameOf(node))) : []),
  };
}

/** CSS with its filter functions whose lengths are beyond the bounds replaced by a blur of nothing. */
export function withoutSlowFilters(css: string): string {
  return css.replace(CSS_BLUR, (written) => {
    const isSlow = [...written.matchAll(CSS_LENGTH)].some(([, length]) => Number(length) > MAX_CSS_BLUR);
    return isSlow ? "blur(0)" : written;
  });
}

function isSlowFilter(filter: XmlElement): boolean {
  const primitives = childElements(filter);
  if (primitives.length > MAX_PRIMITIVES || isWide(filter)) return true;
  return primitives.some((primitive) =>
    Object.entries(MAX_VALUES).some(([name, most]) =>
      numbersIn(primitive.attributes[name]).some((value) => !(value <= most))
    )
  );
}

function isWide({ attributes }: XmlElement): boolean {
  const inUnits = attributes.filterUnits === "userSpaceOnUse";
  return [attributes.width, attributes.height].some((text) => {
    const [value = 0] = numbersIn(text);
    if (text?.trim().endsWith("%")) return value > 100 * MAX_REGION_RATIO;
    return value > (inUnits ? MAX_REGION_SIZE : MAX_REGION_RATIO);
  });
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
  readonly #sheetIds: readonly string[];

  constructor(tree: SvgTree, ignored: ReadonlySet<XmlElement>, sheetIds: readonly string[]) {
    this.#tree = tree;
    this.#ignored = ignored;
    this.#sheetIds = sheetIds;
  }

  /** An element in itself, which no browser draws, weighs nothing there. */
  of(node: XmlElement, depth = 0): number {
    if (depth > MAX_CHAIN) return Infinity;
    if (this.#ignored.has(node)) return 0;
    const known = this.#weights.get(node);
    if (known !== undefined) return known;
    this.#weights.set(node, 0);
    const children = childElements(node).map((child) => this.of(child, depth + 1));
    const referred = this.#references(node).map((target) =>
      (WEIGHTS[nameOf(target)] ?? 0) + this.of(target, depth + 1)
    );
    const weight = [...children, ...referred].reduce((sum, part) => sum + part, ownWeight(node));
    this.#weights.set(node, weight);
    return weight;
  }

  #references(node: XmlElement): XmlElement[] {
    const used = nameOf(node) === "use" ? hrefId(node) : undefined;
    const painted = Object.values(node.attributes).flatMap(idsIn);
    const ids = [...painted, ...this.#sheetIds, ...(used === undefined ? [] : [used])];
    return ids.flatMap((id) => this.#tree.byId.get(id) ?? []).filter((target) =>
      (nameOf(node) === "use" || REPEATING.has(nameOf(target))) && !this.#ignored.has(target)
    );
  }
}
