/**
 * HTML and SVG in a frame of an origin of its own: its scripts run, and reach nothing.
 *
 * @module
 */

import { memo, useEffect, useLayoutEffect, useRef, useState } from "react";

/** A taller output is folded to this height, in CSS pixels. */
const FOLDED_HEIGHT = 480;

/** What a frame needs. */
export interface FramedHtmlProps {
  html: string;
  /** What it is, for a screen reader. */
  title: string;
}

/** Draws HTML in a frame that is as tall as its content. */
export const FramedHtml = memo(function FramedHtml({ html, title }: FramedHtmlProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef(html);
  const isLoaded = useRef(false);
  const [height, setHeight] = useState(0);
  const [isOpen, setOpen] = useState(false);

  const show = () => frame.current?.contentWindow?.postMessage({ html: latest.current }, "*");
  useEffect(() => {
    latest.current = html;
    if (isLoaded.current) show();
  }, [html]);
  // Before the frame can say anything.
  useLayoutEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      if (source === null || source !== frame.current?.contentWindow) return;
      if (Number.isFinite(data?.height)) setHeight(Math.max(0, Math.ceil(data.height)));
    };
    addEventListener("message", onMessage);
    return () => removeEventListener("message", onMessage);
  }, []);

  const isLong = height > FOLDED_HEIGHT * 1.25;
  const shownHeight = isLong && !isOpen ? FOLDED_HEIGHT : height;
  return (
    <div className="framed">
      <iframe
        ref={frame}
        src="/frame.html"
        sandbox="allow-scripts"
        title={title}
        style={{ height: shownHeight }}
        onLoad={() => {
          isLoaded.current = true;
          show();
        }}
      />
      {isLong && (
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Fold" : "Show all"}
        </button>
      )}
    </div>
  );
});
