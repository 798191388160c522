/**
 * The messages between the page and a frame. The frame's content is untrusted.
 *
 * @module
 */

/** The greatest height of an output, in CSS pixels. A table of 7,000 rows has it. */
const TALLEST = 200_000;

/** The most messages of a frame per second. A frame reports its height once per screen refresh. */
const MESSAGES_A_SECOND = 500;

/** A frame's message that somebody pressed in it. */
const PRESSED = "pressed";

export interface FrameEvents {
  /** Called with the height of the frame's content, in CSS pixels, at most once per screen refresh. */
  onHeight(height: number): void;
  /** Somebody pressed in the frame. */
  onPress(): void;
  /** Somebody followed a link in the frame. `href` is as written there. */
  onLink(href: string): void;
}

export interface FrameChannel {
  show(html: string): void;
  close(): void;
}

/**
 * Opens a private channel to a frame that has just loaded. The page ignores all other messages of frames. A frame that sends too
 * many messages is ignored from then on.
 */
export function openFrameChannel(frame: Window, { onHeight, onPress, onLink }: FrameEvents): FrameChannel {
  const { port1: port, port2 } = new MessageChannel();
  let second = 0;
  let count = 0;
  let height: number | undefined;
  let refresh: number | undefined;

  const reportHeight = () => {
    refresh = undefined;
    onHeight(height!);
  };
  port.onmessage = ({ data, timeStamp }) => {
    if (timeStamp - second > 1_000) {
      second = timeStamp;
      count = 0;
    }
    if (++count > MESSAGES_A_SECOND) return port.close();
    if (data === PRESSED) return onPress();
    if (typeof data?.link === "string") return onLink(data.link);
    if (!Number.isFinite(data)) return;
    height = Math.min(TALLEST, Math.max(0, Math.ceil(data)));
    refresh ??= requestAnimationFrame(reportHeight);
  };
  frame.postMessage("open", "*", [port2]);
  return {
    show: (html) => port.postMessage(html),
    close() {
      if (refresh !== undefined) cancelAnimationFrame(refresh);
      port.close();
    },
  };
}
