/**
 * Finds the parts of an SVG that would freeze a browser: unlimited filters, long texts, and elements that multiply.
 *
 * A browser draws on the thread that handles user input, and a page cannot interrupt it.
 *
 * @module
 */

import type { XmlElement } from "@rgrove/parse-xml";
import { numbersIn } from "./svg_outline.ts";
import { shownTexts } from "./svg_text_bounds.ts";
import { childElements, everyElement, nameOf, svgTree } from "./svg_tree.ts";
import { isRepeatedTooOften, isRepeating } from "./svg_weight.ts";

/** The largest number of steps in a filter. A shadow with lighting has about eight. */
const MAX_PRIMITIVES = 20;

/**
 * The largest value of each number in a filter attribute. Noise with more than ten octaves looks the same. The other attributes are
 * sizes in pixels that increase the drawing time, or the sides of a matrix.
 */
const MAX_VALUES: Record<string, number> = {
  numOctaves: 10,
  radius: 50,
  stdDeviation: 100,
  order: 9,
  kernelUnitLength: 100,
};

/** The largest width and height of a filter's region, as a multiple of the filtered element. */
const MAX_REGION_RATIO = 3;
/** The largest width and height of a filter's region in user units. */
const MAX_REGION_SIZE = 4_000;

/** The largest length in a filter that is written as a CSS function: `blur(5px)`, in any unit. */
const MAX_CSS_BLUR = 100;
const CSS_BLUR = /(?:blur|drop-shadow)\((?:[^()]|\([^()]*\))*\)?/gi;
const CSS_LENGTH = /([\d.]+(?:e\+?\d+)?)(?:px|pt|pc|in|cm|mm|q|r?em|ex|ch|v[wh]|vmin|vmax)/gi;

/** The elements of an SVG that a browser takes too long to draw. */
export interface SlowElements {
  filters: ReadonlySet<XmlElement>;
  texts: ReadonlySet<XmlElement>;
  /** All elements that repeat others, if there are too many repetitions; otherwise empty. */
  repeating: ReadonlySet<XmlElement>;
}

/** Takes time that depends only on the length of the SVG. */
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

/** Replaces CSS filter functions whose lengths exceed the limit by `blur(0)`. */
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
