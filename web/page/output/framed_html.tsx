/**
 * HTML and SVG in a frame of an origin of its own: its scripts run, and reach nothing.
 *
 * @module
 */

import { type CSSProperties, memo, useEffect, useMemo, useRef, useState } from "react";
import { type FrameChannel, openFrameChannel } from "./frame_channel.ts";
import { followFrameLink } from "./follow_link.ts";
import { secure } from "./safe_html.ts";
import { useGuardedFocus } from "./use_guarded_focus.ts";

/** A taller output is folded to this height, in CSS pixels. */
const FOLDED_HEIGHT = 480;

/** HTML that has left its place more often than this is shown without its scripts, which it may have left by. */
const STRAYS = 2;

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
  const [strays, setStrays] = useState(0);
  const loaded = useRef<Window>(null);
  const onPress = useGuardedFocus(frame);
  const shown = useMemo(() => strays > STRAYS ? withoutScripts(html) : html, [html, strays > STRAYS]);

  useEffect(() => {
    latest.current = shown;
    channel.current?.show(shown);
  }, [shown]);
  useEffect(() => () => channel.current?.close(), []);

  const isLong = height > FOLDED_HEIGHT * 1.25;
  const shownHeight = isLong && !isOpen ? FOLDED_HEIGHT : height;
  return (
    <div className="framed">
      <iframe
        key={strays}
        ref={frame}
        src="/frame.html"
        sandbox="allow-scripts"
        title={title}
        style={{ height: shownHeight, "--full-height": `${height}px` } as CSSProperties}
        onLoad={() => {
          channel.current?.close();
          const window = frame.current!.contentWindow!;
          // A cell that is moved loads its frames anew, in other windows. In the same one, the frame itself went elsewhere.
          if (loaded.current === window) return setStrays(strays + 1);
          loaded.current = window;
          channel.current = openFrameChannel(window, {
            onHeight: setHeight,
            onPress,
            onLink: (href) => followFrameLink(frame.current!, href),
          });
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

function withoutScripts(html: string): string {
  const conversion = secure({ html });
  return "html" in conversion ? conversion.html : "";
}
