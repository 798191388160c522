/**
 * What the page and a frame say to each other. Anything in the frame may have been written by a stranger.
 *
 * @module
 */

/** The tallest output, in CSS pixels: a table of 7,000 rows. */
const TALLEST = 200_000;

/** How many messages a frame may send in a second. A frame tells its height once a screen refresh. */
const MESSAGES_A_SECOND = 500;

/** What a frame says when somebody presses in it. */
const PRESSED = "pressed";

/** What a frame tells. */
export interface FrameEvents {
  /** How tall its content is, in CSS pixels; called at most once a screen refresh. */
  onHeight(height: number): void;
  /** Somebody has pressed in it. */
  onPress(): void;
  /** Somebody has followed a link in it; the address is as it was written there. */
  onLink(href: string): void;
}

/** A way to one frame. */
export interface FrameChannel {
  /** Hands over what is to be shown. */
  show(html: string): void;
  close(): void;
}

/**
 * Opens a channel of its own to a frame that has just loaded. The page listens to nothing else from frames. A frame that says
 * too much is not listened to again.
 */
export function openFrameChannel(frame: Window, { onHeight, onPress, onLink }: FrameEvents): FrameChannel {
  const { port1: port, port2 } = new MessageChannel();
  let second = 0;
  let count = 0;
  let height: number | undefined;
  let refresh: number | undefined;

  const tell = () => {
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
    refresh ??= requestAnimationFrame(tell);
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
