/**
 * Chooses the representation of a bundle to draw.
 *
 * @module
 */

/**
 * The app's order of preference, best first. Source: its components package. It does not contain latex, gif and
 * javascript.
 */
const ORDER = [
  "application/vnd.anode.aitool+json",
  "application/vnd.anode.aitool.result+json",
  "application/vnd.jupyter.widget-state+json",
  "application/vnd.jupyter.widget-view+json",
  "application/vnd.plotly.v1+json",
  "application/vnd.dataresource+json",
  "application/vnd.vegalite.v2+json",
  "application/vnd.vegalite.v3+json",
  "application/vnd.vegalite.v4+json",
  "application/vnd.vegalite.v5+json",
  "application/vnd.vegalite.v6+json",
  "application/vnd.vega.v3+json",
  "application/vnd.vega.v4+json",
  "application/vnd.vega.v5+json",
  "application/geo+json",
  "application/vdom.v1+json",
  "text/markdown",
  "text/html",
  "image/png",
  "image/jpeg",
  "image/svg+xml",
  "image/svg",
  "application/json",
  "text/plain",
];

/**
 * @param contents the bundle, with the URL of an artifact instead of its content
 * @returns `undefined` if the app shows "No displayable content"
 */
export function bestType(contents: Readonly<Record<string, unknown>>): string | undefined {
  return ORDER.find((mimeType) => contents[mimeType] !== undefined && contents[mimeType] !== null);
}
