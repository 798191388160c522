/**
 * Makes an SVG fit for a notebook: well-formed, with its namespace, and without anything that runs or fetches.
 *
 * @module
 */

import { parseXml, XmlElement, type XmlNode, XmlText } from "@rgrove/parse-xml";
import { SvgError } from "./svg_error.ts";
import { type SlowElements, slowElements, withoutSlowFilters } from "./svg_filter_bounds.ts";
import {
  isDrawingElement,
  isEventHandler,
  isInnerAddress,
  isSafeToAnimate,
  withoutOuterReferences,
} from "./svg_vocabulary.ts";

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** The deepest nesting that is read; drawings have about ten levels, and whoever draws them calls itself once a level. */
const MAX_DEPTH = 200;

/** HTML's names of characters that labels of plots use; XML knows none of them. */
const NAMED_CHARACTERS: Record<string, string> = {
  "&nbsp;": "\u00a0",
  "&deg;": "°",
  "&micro;": "µ",
  "&times;": "×",
  "&middot;": "·",
  "&plusmn;": "±",
  "&minus;": "−",
  "&ndash;": "–",
  "&mdash;": "—",
  "&hellip;": "…",
};

/** An `&` or `<` of a label that was not escaped. */
const BARE_AMPERSAND = /&(?!#?\w+;)/g;
const BARE_LESS_THAN = /<(?![A-Za-z_/!?])/g;

const SLOW_FILTERS = "filters that take too long to draw";
const LONG_TEXTS = "more text than a browser draws in time";
const SLOW_REPETITIONS = "elements that are repeated too often";

/** What is noted while an SVG is sanitized. */
interface Sanitizing {
  removed: Set<string>;
  slow: SlowElements;
}

/** An SVG that can be shown. */
export interface SanitizedSvg {
  svg: string;
  /** What was taken out, in words: `script`. Empty when nothing that anybody sees was. */
  removed: string[];
}

/**
 * Sanitizes an SVG: takes out what runs, what fetches, and what a browser draws too long. Comments, processing instructions, metadata and editors' own vocabularies go without a word.
 *
 * @throws {SvgError} it is not XML, or not an SVG
 */
export function sanitizeSvg(source: string): SanitizedSvg {
  const root = parse(source.trim());
  if (localName(root.name) !== "svg") throw new SvgError(`its root is <${root.name}>, not <svg>`);
  const sanitizing = { removed: new Set<string>(), slow: slowElements(root) };
  const svg = element(root, 0, sanitizing);
  return { svg, removed: [...sanitizing.removed] };
}

function parse(source: string): XmlElement {
  const options = {
    ignoreUndefinedEntities: true,
    resolveUndefinedEntity: (entity: string) => NAMED_CHARACTERS[entity],
  };
  try {
    return rootOf(parseXml(source, options));
  } catch (error) {
    const escaped = source.replace(BARE_AMPERSAND, "&amp;").replace(BARE_LESS_THAN, "&lt;");
    try {
      return rootOf(parseXml(escaped, options));
    } catch {
      throw new SvgError(`it is not well-formed XML: ${firstLine(error)}`, { cause: error });
    }
  }
}

function rootOf({ root }: { root: XmlElement | null }): XmlElement {
  if (root === null) throw new SvgError("it has no root element");
  return root;
}

function firstLine(error: unknown): string {
  return error instanceof RangeError ? "it is nested too deeply" : String((error as Error).message).split("\n")[0];
}

function element(node: XmlElement, depth: number, sanitizing: Sanitizing): string {
  if (depth > MAX_DEPTH) throw new SvgError(`it is nested more than ${MAX_DEPTH} levels deep`);
  const name = localName(node.name);
  const attributes = [...attributesOf(node, sanitizing.removed)].map(([key, value]) =>
    ` ${key}="${escapeAttribute(value)}"`
  );
  if (depth === 0) attributes.unshift(` xmlns="${SVG_NAMESPACE}"`);
  const content = node.children.map((child) => nodeText(child, name, depth, sanitizing)).join("");
  return content === "" ? `<${name}${attributes.join("")}/>` : `<${name}${attributes.join("")}>${content}</${name}>`;
}

function nodeText(node: XmlNode, parent: string, depth: number, sanitizing: Sanitizing): string {
  if (node instanceof XmlText) {
    return escapeText(parent === "style" ? innerCss(node.text, sanitizing.removed) : node.text);
  }
  if (!(node instanceof XmlElement)) return "";
  if (isShown(node, sanitizing)) return element(node, depth + 1, sanitizing);
  return "";
}

function isShown(node: XmlElement, { removed, slow }: Sanitizing): boolean {
  const tooSlow = tooSlowAs(node, slow);
  if (tooSlow !== undefined) {
    removed.add(tooSlow);
    return false;
  }
  const name = localName(node.name);
  if (!isDrawingElement(name)) {
    if (name === node.name && name !== "metadata") removed.add(`<${name}>`);
    return false;
  }
  const animated = node.attributes.attributeName;
  if (animated === undefined || isSafeToAnimate(animated)) return true;
  removed.add(`<${name}> of ${animated}`);
  return false;
}

/** What an element belongs to that takes a browser too long, in words. */
function tooSlowAs(node: XmlElement, { filters, texts, repeating }: SlowElements): string | undefined {
  if (filters.has(node)) return SLOW_FILTERS;
  if (texts.has(node)) return LONG_TEXTS;
  return repeating.has(node) ? SLOW_REPETITIONS : undefined;
}

/** The attributes that stay. `href` takes the place of `xlink:href`, so that no second namespace is needed. */
function attributesOf(node: XmlElement, removed: Set<string>): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name, value] of Object.entries(node.attributes)) {
    const local = localName(name);
    if (isEventHandler(local)) {
      removed.add("event handlers");
    } else if (local === "href") {
      if (!isInnerAddress(value)) removed.add("references to other places");
      else if (name === "href" || !kept.has("href")) kept.set("href", value);
    } else if (name === "xml:space" || (local === name && name !== "xmlns" && name !== "src")) {
      kept.set(name, name === "style" || value.includes("(") ? innerCss(value, removed) : value);
    }
  }
  return kept;
}

function innerCss(css: string, removed: Set<string>): string {
  const inner = withoutOuterReferences(css);
  if (inner !== css) removed.add("references to other places");
  const fast = withoutSlowFilters(inner);
  if (fast !== inner) removed.add(SLOW_FILTERS);
  return fast;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function escapeAttribute(value: string): string {
  return escapeText(value).replaceAll('"', "&quot;");
}
