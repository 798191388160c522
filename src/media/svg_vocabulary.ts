/**
 * Lists the elements, attributes and references that an SVG in a notebook may contain. None of them runs code or fetches anything.
 *
 * @module
 */

/** The elements of SVG 2 that draw, animate or describe. `script` and `foreignObject` are not included. */
const ELEMENTS = new Set(
  ("a animate animateMotion animateTransform circle clipPath defs desc ellipse filter g image line linearGradient " +
    "marker mask mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text " +
    "textPath title tspan use view").split(" "),
);

/** The elements of filters, such as `feGaussianBlur`. */
const FILTER_ELEMENT = /^fe[A-Z][A-Za-z]+$/;

/** Attributes that `animate` or `set` must not change: references and event handlers. */
const UNSAFE_TO_ANIMATE = /^(?:.*:)?href$|^on/i;

/** A reference to a URL in CSS, up to its end or the end of the text. */
const CSS_URL = /url\(\s*["']?([^"')]*)["']?\s*\)?/gi;

/** CSS that fetches without `url()`, or could hide a reference. */
const UNSAFE_CSS = /@import|image-set\s*\(|\\/i;

export function isDrawingElement(name: string): boolean {
  return ELEMENTS.has(name) || FILTER_ELEMENT.test(name);
}

export function isEventHandler(attribute: string): boolean {
  return /^on/i.test(attribute);
}

export function isSafeToAnimate(attribute: string): boolean {
  return !UNSAFE_TO_ANIMATE.test(attribute.trim());
}

/** Whether a URL refers to the same SVG or embeds an image. */
export function isInnerAddress(address: string): boolean {
  return /^\s*(?:#|data:image\/)/i.test(address);
}

/** Removes external references from CSS. Returns the same text if there are none. */
export function withoutOuterReferences(css: string): string {
  if (UNSAFE_CSS.test(css)) return "";
  return css.replace(CSS_URL, (reference, address: string) => isInnerAddress(address) ? reference : "none");
}
