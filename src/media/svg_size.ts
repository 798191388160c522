/**
 * The size that an SVG is drawn in: a browser stretches one that names none over the whole page.
 *
 * @module
 */

/** A number, as SVG writes it. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The attributes of a root that lacks some of those for its size: width and height as in its `viewBox`, in CSS pixels, or a `viewBox`
 * of its width and height, so that what is drawn shrinks with it.
 *
 * @param attributes those that the root has
 * @returns those to add; none where the size is complete, is a share of the page, or is in another unit
 */
export function missingSize(attributes: ReadonlyMap<string, string>): [name: string, value: string][] {
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
