/**
 * What of a bundle is drawn.
 *
 * @module
 */

/** The order in which the app draws, best first; source: its components package. latex, gif and javascript are not in it. */
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
 * The type that is drawn.
 *
 * @param contents the bundle, with an artifact's address in the place of its content
 * @returns `undefined` where the app says "No displayable content"
 */
export function bestType(contents: Readonly<Record<string, unknown>>): string | undefined {
  return ORDER.find((mimeType) => contents[mimeType] !== undefined && contents[mimeType] !== null);
}
