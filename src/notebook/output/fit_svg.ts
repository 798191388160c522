/**
 * Keeps an SVG from being cut off at the edge of a page that is narrower.
 *
 * @module
 */

/** In the app nothing else makes an SVG smaller; a PNG it fits by itself. */
const FITTING = "max-width:100%;height:auto";

/** Adds to a sanitized SVG the style that lets it shrink; what its own style says of the same counts. */
export function fitSvg(svg: string): string {
  const [root] = /^<svg\b[^>]*>/.exec(svg) ?? [];
  if (root === undefined || root.includes(FITTING)) return svg;
  const styled = / style="/.test(root)
    ? root.replace(/ style="/, ` style="${FITTING};`)
    : root.replace(/^<svg( xmlns="[^"]*")?/, `$& style="${FITTING}"`);
  return styled + svg.slice(root.length);
}
