/**
 * What an SVG in a notebook may hold: what draws, and nothing that runs or fetches.
 *
 * @module
 */

/** The elements of SVG 2 that draw, move, or describe; `script` and `foreignObject` are not among them. */
const ELEMENTS = new Set(
  ("a animate animateMotion animateTransform circle clipPath defs desc ellipse filter g image line linearGradient " +
    "marker mask mpath path pattern polygon polyline radialGradient rect set stop style svg switch symbol text " +
    "textPath title tspan use view").split(" "),
);

/** The elements of filters: `feGaussianBlur`. */
const FILTER_ELEMENT = /^fe[A-Z][A-Za-z]+$/;

/** What an `animate` or `set` must not change: the address of a reference, and what is done upon an event. */
const UNSAFE_TO_ANIMATE = /^(?:.*:)?href$|^on/i;

/** A reference to an address in CSS, up to where it ends or the text does. */
const CSS_URL = /url\(\s*["']?([^"')]*)["']?\s*\)?/gi;

/** What fetches in CSS without `url()`, or hides it. */
const UNSAFE_CSS = /@import|image-set\s*\(|\\/i;

/** Whether an element draws. */
export function isDrawingElement(name: string): boolean {
  return ELEMENTS.has(name) || FILTER_ELEMENT.test(name);
}

/** Whether an attribute is code. */
export function isEventHandler(attribute: string): boolean {
  return /^on/i.test(attribute);
}

/** Whether an animation may change an attribute. */
export function isSafeToAnimate(attribute: string): boolean {
  return !UNSAFE_TO_ANIMATE.test(attribute.trim());
}

/** Whether an address leads to the same SVG or carries a picture in itself. */
export function isInnerAddress(address: string): boolean {
  return /^\s*(?:#|data:image\/)/i.test(address);
}

/** CSS without references to anything outside of the SVG; the same text when there are none. */
export function withoutOuterReferences(css: string): string {
  if (UNSAFE_CSS.test(css)) return "";
  return css.replace(CSS_URL, (reference, address: string) => isInnerAddress(address) ? reference : "none");
}
