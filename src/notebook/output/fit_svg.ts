/**
 * Sizes an SVG so that the web app shows it in its own size, and smaller on a narrow page. The app sizes PNG images itself, but not SVG.
 *
 * @module
 */

const SHRINKING = "max-width:100%;height:auto";

/** The width up to which an SVG always fits the app's page, in CSS pixels: that of matplotlib's figures. */
const NARROW_PX = 640;

/** The units of figures in CSS pixels. Source: CSS Values and Units, section 6.2. */
const UNITS_PX: Record<string, number> = { "": 1, px: 1, pt: 4 / 3, in: 96 };

/** The first tag of a sanitized SVG and its attributes. */
const ROOT = /^<svg\b[^>]*?(?=\/?>)/;
const ATTRIBUTE = / ([\w:.-]+)="([^"]*)"/g;

/** A number in SVG's notation. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Completes the size of an SVG and lets it shrink. An SVG that states a width for which the page has room is not changed.
 *
 * An SVG without a size would be stretched over the page, so it gets the size of its `viewBox`, in CSS pixels. An SVG without a `viewBox`
 * would be cut off when it shrinks, so it gets one of its size. A size in the SVG's own `style` still takes precedence.
 *
 * @param svg a sanitized SVG
 * @returns the same text if nothing has to be changed
 */
export function fitSvg(svg: string): string {
  const [root] = ROOT.exec(svg) ?? [];
  if (root === undefined) return svg;
  const attributes = new Map([...root.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, value]));
  if (isNarrow(attributes.get("width"))) return svg;
  const added = missingSize(attributes).map(([name, value]) => ` ${name}="${value}"`).join("");
  return `${shrinking(root + added)}${svg.slice(root.length)}`;
}

function isNarrow(width = ""): boolean {
  const [, number = "", unit = ""] = /^\s*([\d.]+)([a-z]*)\s*$/.exec(width) ?? [];
  return number !== "" && Number(number) * UNITS_PX[unit] <= NARROW_PX;
}

function shrinking(root: string): string {
  if (root.includes(SHRINKING)) return root;
  return / style="/.test(root) ? root.replace(/ style="/, `$&${SHRINKING};`) : `${root} style="${SHRINKING}"`;
}

function missingSize(attributes: ReadonlyMap<string, string>): [name: string, value: string][] {
  const [width, height, viewBox] = ["width", "height", "viewBox"].map((name) => attributes.get(name)?.trim());
  if (width === undefined && height === undefined) {
    const [, , ...size] = viewBox?.split(/\s*,\s*|\s+/) ?? [];
    return isSize(size) ? [["width", size[0]], ["height", size[1]]] : [];
  }
  const size = [width, height].map((length) => length?.replace(/px$/, "") ?? "");
  return viewBox === undefined && isSize(size) ? [["viewBox", `0 0 ${size.join(" ")}`]] : [];
}

function isSize(lengths: readonly string[]): boolean {
  return lengths.length === 2 && lengths.every((length) => NUMBER.test(length) && Number(length) > 0);
}
