/**
 * Reads an SVG as a tree: its elements by id, and the properties that attributes, `style` and style sheets give.
 *
 * @module
 */

import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";
import { SvgError } from "./svg_error.ts";

/** A reference to an element of the same SVG in the value of a property. */
const LOCAL_URL = /url\(\s*["']?#([^"')\s]+)/g;

const CSS_COMMENT = /\/\*[^]*?(?:\*\/|$)/g;

/** An SVG as a tree. */
export interface SvgTree {
  root: XmlElement;
  /** Its elements by id; of several with one id, the first. */
  byId: ReadonlyMap<string, XmlElement>;
  /** The text of all its style sheets, without comments. */
  sheet: string;
}

/**
 * Reads an SVG.
 *
 * @throws {SvgError} it is not well-formed, or declares a document type, which could hold entities that multiply
 */
export function readSvgTree(svg: string): SvgTree {
  if (svg.includes("<!DOCTYPE")) throw new SvgError("it declares a document type");
  try {
    const { root } = parseXml(svg);
    if (root === null) throw new SvgError("it has no root element");
    return svgTree(root);
  } catch (error) {
    if (error instanceof SvgError) throw error;
    const reason = error instanceof RangeError ? "nested too deeply" : String((error as Error).message).split("\n")[0];
    throw new SvgError(`it is not well-formed XML: ${reason}`, { cause: error });
  }
}

/** The tree below a root. */
export function svgTree(root: XmlElement): SvgTree {
  const byId = new Map<string, XmlElement>();
  const sheets: string[] = [];
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { id } = node.attributes;
    if (id !== undefined && !byId.has(id)) byId.set(id, node);
    if (nameOf(node) === "style") sheets.push(ownText(node));
    for (const child of childElements(node).toReversed()) waiting.push(child);
  }
  return { root, byId, sheet: sheets.join("\n").replace(CSS_COMMENT, " ") };
}

/** An element's name without its prefix. */
export function nameOf(node: XmlElement): string {
  return node.name.slice(node.name.indexOf(":") + 1);
}

/** The elements in an element. */
export function childElements(node: XmlElement): XmlElement[] {
  return node.children.filter((child) => child instanceof XmlElement);
}

/**
 * An element and all in it.
 *
 * @param most how many are wanted; there may be some more
 */
export function everyElement(root: XmlElement, most = Infinity): XmlElement[] {
  const all = [root];
  for (let at = 0; at < all.length && all.length <= most; at++) {
    for (const child of childElements(all[at])) all.push(child);
  }
  return all;
}

/** The text in an element, without that of elements in it. */
export function ownText(node: XmlElement): string {
  return node.children.map((child) => child instanceof XmlText ? child.text : "").join("");
}

/** What `style`, or else an attribute, gives as the value of a property. */
export function propertyOf(node: XmlElement, name: string): string | undefined {
  const { style } = node.attributes;
  const declared = style === undefined ? undefined : declarations(style.replace(CSS_COMMENT, " "), name).at(-1);
  return (declared ?? node.attributes[name])?.trim();
}

/** The values that CSS gives to a property, wherever it does. */
export function declarations(css: string, name: string): string[] {
  const declaration = new RegExp(`(?<![\\w-])${name}\\s*:([^;{}]*)`, "gi");
  return [...css.matchAll(declaration)].map(([, value]) => value.replace(/!\s*important/i, "").trim());
}

/** The ids that a text refers to with `url(#id)`. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(LOCAL_URL)].map(([, id]) => id);
}

/** The id that `href` leads to in the same SVG. */
export function hrefId(node: XmlElement): string | undefined {
  const href = node.attributes.href ?? node.attributes["xlink:href"];
  return href?.trim().match(/^#(.+)$/)?.[1];
}
