/**
 * A text rendered as HTML, or shown as source if that would take too long.
 *
 * @module
 */

import { useRef } from "react";
import type { AttachmentUrls } from "../file/attachments.ts";
import { TerminalText } from "./terminal_text.tsx";
import type { Markup } from "./to_html.ts";
import { useHtml } from "./use_html.ts";
import { useScrollStops } from "./use_scroll_stops.ts";

/** The elements that may be wider than the page. */
const WIDE = "pre, table, math";

export function MarkupText({ kind, source, attachments }: Markup & { attachments?: AttachmentUrls }) {
  const conversion = useHtml({ kind, source }, attachments);
  if (conversion !== undefined && "html" in conversion) return <SafeHtml html={conversion.html} />;
  return (
    <>
      {conversion !== undefined && (
        <p className="no-content">
          This text is shown as it was written: it {conversion.excess}. Simplify it, or split it into parts.
        </p>
      )}
      <TerminalText text={source} />
    </>
  );
}

function SafeHtml({ html }: { html: string }) {
  const place = useRef<HTMLDivElement>(null);
  useScrollStops(place, WIDE);
  return <div ref={place} className="markdown" dangerouslySetInnerHTML={{ __html: html }} />;
}
