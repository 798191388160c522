/**
 * Finds what makes a browser freeze on an SVG that it is shown: filters without measure, texts, and elements that multiply.
 *
 * A browser draws on the thread that answers its user, and no page can stop it.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { numbersIn } from "./svg_outline.ts";
import { shownTexts } from "./svg_text_bounds.ts";
import { childElements, everyElement, nameOf, svgTree } from "./svg_tree.ts";
import { isRepeatedTooOften, isRepeating } from "./svg_weight.ts";

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
  const ignored = filters.union(texts.beyond);
  return {
    filters,
    texts: texts.beyond,
    repeating: new Set(isRepeatedTooOften(tree, { ignored, letters: texts.letters }) ? all.filter(isRepeating) : []),
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
