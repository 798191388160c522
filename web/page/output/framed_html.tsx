/**
 * HTML and SVG in a frame of an origin of its own: its scripts run, and reach nothing.
 *
 * @module
 */

import { memo, useEffect, useRef, useState } from "react";
import { type FrameChannel, openFrameChannel } from "./frame_channel.ts";
import { useGuardedFocus } from "./use_guarded_focus.ts";

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
  const channel = useRef<FrameChannel>(undefined);
  const [height, setHeight] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const onPress = useGuardedFocus(frame);

  useEffect(() => {
    latest.current = html;
    channel.current?.show(html);
  }, [html]);
  useEffect(() => () => channel.current?.close(), []);

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
          channel.current?.close();
          channel.current = openFrameChannel(frame.current!.contentWindow!, setHeight, onPress);
          channel.current.show(latest.current);
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
