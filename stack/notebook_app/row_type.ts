/**
 * The MIME type of an output row, which decides where its cell is drawn.
 *
 * The app chooses it when the event arrives, without regard to artifacts, and by other orders of preference than the
 * one for drawing (`best_type`).
 *
 * @module
 */

import type { AppOutput } from "./app_cell.ts";

/** The order for displays; source: the materializers in the app's schema package. */
const DISPLAY_ORDER = [
  "application/vnd.plotly.v1+json",
  "application/vnd.vegalite.v6+json",
  "application/vnd.vegalite.v5+json",
  "application/vnd.vegalite.v4+json",
  "application/vnd.vegalite.v3+json",
  "application/vnd.vegalite.v2+json",
  "application/vnd.vega.v5+json",
  "application/vnd.vega.v4+json",
  "application/vnd.vega.v3+json",
  "application/vnd.jupyter.widget-view+json",
  "application/vnd.jupyter.widget-state+json",
  "application/vnd.dataresource+json",
  "application/vdom.v1+json",
  "application/geo+json",
  "application/json",
  "application/javascript",
  "text/html",
  "image/svg+xml",
  "image/png",
  "image/jpeg",
  "image/gif",
  "text/latex",
  "text/markdown",
  "text/plain",
];

/** The order for results, from the same source. Other types count as text. */
const RESULT_ORDER = ["text/html", "image/png", "image/jpeg", "image/svg+xml", "application/json", "text/plain"];

export function rowType({ outputType, representations }: AppOutput): string {
  switch (outputType) {
    case "terminal":
      return "text/plain";
    case "markdown":
      return "text/markdown";
    case "error":
      return "application/json";
    case "multimedia_display":
      return firstOf(DISPLAY_ORDER, representations);
    case "multimedia_result":
      return firstOf(RESULT_ORDER, representations);
  }
}

function firstOf(order: readonly string[], representations: AppOutput["representations"]): string {
  return order.find((mimeType) => representations?.[mimeType] !== undefined) ?? "text/plain";
}
