/**
 * Parses an SVG into a tree, and looks up elements by id and properties in attributes, `style` and style sheets.
 *
 * @module
 */

import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";
import { SvgError } from "./svg_error.ts";

/** A reference to an element of the same SVG in a property's value. */
const LOCAL_URL = /url\(\s*["']?#([^"')\s]+)/g;

const CSS_COMMENT = /\/\*[^]*?(?:\*\/|$)/g;

export interface SvgTree {
  root: XmlElement;
  /** The elements by id. If an id occurs several times, the first element counts. */
  byId: ReadonlyMap<string, XmlElement>;
  /** The text of all style sheets, without comments. */
  sheet: string;
}

/**
 * Parses an SVG.
 *
 * @throws {SvgError} the SVG is not well-formed, or declares a document type, which could define entities that multiply
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

/** Indexes the tree below a root element. */
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

/** Returns the name of an element without its prefix. */
export function nameOf(node: XmlElement): string {
  return node.name.slice(node.name.indexOf(":") + 1);
}

export function childElements(node: XmlElement): XmlElement[] {
  return node.children.filter((child) => child instanceof XmlElement);
}

/**
 * Returns an element and its descendants.
 *
 * @param most stops after about so many elements; a few more may be returned. Default: no limit
 */
export function everyElement(root: XmlElement, most = Infinity): XmlElement[] {
  const all = [root];
  for (let at = 0; at < all.length && all.length <= most; at++) {
    for (const child of childElements(all[at])) all.push(child);
  }
  return all;
}

/** Returns the text that is directly in an element, without that of its child elements. */
export function ownText(node: XmlElement): string {
  return node.children.map((child) => child instanceof XmlText ? child.text : "").join("");
}

/** Returns the value of a property from the `style` attribute, or else from the attribute of its name. */
export function propertyOf(node: XmlElement, name: string): string | undefined {
  const { style } = node.attributes;
  const declared = style === undefined ? undefined : declarations(style.replace(CSS_COMMENT, " "), name).at(-1);
  return (declared ?? node.attributes[name])?.trim();
}

/** Returns all values that a style sheet declares for a property. */
export function declarations(css: string, name: string): string[] {
  const declaration = new RegExp(`(?<![\\w-])${name}\\s*:([^;{}]*)`, "gi");
  return [...css.matchAll(declaration)].map(([, value]) => value.replace(/!\s*important/i, "").trim());
}

/** Returns the ids that a text refers to with `url(#id)`. */
export function idsIn(text: string): string[] {
  return [...text.matchAll(LOCAL_URL)].map(([, id]) => id);
}

/** Returns the id in the same SVG that an element's `href` refers to. */
export function hrefId(node: XmlElement): string | undefined {
  const href = node.attributes.href ?? node.attributes["xlink:href"];
  return href?.trim().match(/^#(.+)$/)?.[1];
}
