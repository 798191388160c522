/**
 * Markdown, with formulas, as sanitised HTML.
 *
 * @module
 */

import DOMPurify from "dompurify";
import { Marked } from "marked";
import katexExtension from "marked-katex-extension";
import { memo, useMemo, useRef } from "react";
import { useScrollStops } from "./use_scroll_stops.ts";

const marked = new Marked(
  // MathML needs neither styles nor fonts, and a screen reader can read it.
  katexExtension({ output: "mathml", throwOnError: false, nonStandard: true }),
  { gfm: true },
);

const purify = DOMPurify(globalThis.window);

purify.addHook("afterSanitizeAttributes", (node) => {
  if (node instanceof HTMLAnchorElement && /^https?:/.test(node.href)) {
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
});

/** Makes HTML safe to stand in the page: no scripts, no styles, nothing to type into, no ids of ours. */
export function sanitize(html: string): string {
  return purify.sanitize(html, {
    ADD_TAGS: ["semantics", "annotation"],
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog", "video", "audio"],
    FORBID_ATTR: ["style", "class", "id", "name"],
  });
}

/** Draws markdown. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  const html = useMemo(() => sanitize(marked.parse(source, { async: false })), [source]);
  return <SafeHtml html={html} />;
});

/** What in a text may be wider than the page. */
const WIDE = "pre, table, math";

/** Draws HTML that {@linkcode sanitize} has made. */
export function SafeHtml({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useScrollStops(place, WIDE);
  return <div ref={place} className="markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}
