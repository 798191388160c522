/**
 * HTML and SVG in a frame with a separate origin. Scripts run there but have no access to the page.
 *
 * @module
 */

import { type CSSProperties, memo, useEffect, useMemo, useRef, useState } from "react";
import { type FrameChannel, openFrameChannel } from "./frame_channel.ts";
import { followFrameLink } from "./follow_link.ts";
import { secure } from "./safe_html.ts";
import { useGuardedFocus } from "./use_guarded_focus.ts";

/** The height above which an output is folded, in CSS pixels. */
const FOLDED_HEIGHT = 480;

/** The number of times that a frame may navigate away. After that it is shown without scripts, which may have caused it. */
const STRAYS = 2;

export interface FramedHtmlProps {
  html: string;
  /** The label for screen readers. */
  title: string;
}

/** Renders HTML in a frame that is as tall as its content. */
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
          // A cell that moves reloads its frames in new windows. If the window is the same, the frame itself navigated away.
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
