/**
 * Sanitizes an SVG for a notebook: it becomes well-formed, gets its namespace, and contains no code and no external references.
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

/** The deepest nesting that is read. Drawings have about ten levels, and renderers recurse once per level. */
const MAX_DEPTH = 200;

/** HTML's named characters that occur in labels of plots. XML does not define them. */
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

/** An unescaped `&` or `<` in a label. */
const BARE_AMPERSAND = /&(?!#?\w+;)/g;
const BARE_LESS_THAN = /<(?![A-Za-z_/!?])/g;

const SLOW_FILTERS = "filters that take too long to draw";
const LONG_TEXTS = "more text than a browser draws in time";
const SLOW_REPETITIONS = "elements that are repeated too often";

interface Sanitizing {
  removed: Set<string>;
  slow: SlowElements;
}

/** An SVG that can be shown. */
export interface SanitizedSvg {
  svg: string;
  /** Descriptions of the removed parts, such as `<script>`. Empty if no visible part was removed. */
  removed: string[];
}

/**
 * Removes code, external references, and everything that a browser would take too long to draw. Comments, processing instructions,
 * metadata and the vocabularies of editors are removed without being listed.
 *
 * @throws {SvgError} the text is not XML, or not an SVG
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

/** Describes why a browser would take too long to draw an element. Returns `undefined` if it would not. */
function tooSlowAs(node: XmlElement, { filters, texts, repeating }: SlowElements): string | undefined {
  if (filters.has(node)) return SLOW_FILTERS;
  if (texts.has(node)) return LONG_TEXTS;
  return repeating.has(node) ? SLOW_REPETITIONS : undefined;
}

/** Returns the attributes that are kept. `xlink:href` is renamed to `href`, so that no second namespace is needed. */
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
