/**
 * Follows a link in untrusted text: to a heading of this page, or to another page in a new tab.
 *
 * @module
 */

/** The schemes that a link to another page may have. */
const OPENED = /^(?:https?|mailto):/;

/** The longest time between the report of a press and the focus, and the time between looks at the focus, in milliseconds. */
const FOCUS_DELAY_MS = 500;
const FOCUS_STEP_MS = 10;

/** The event for a link to a place in this page. `detail` is the fragment without `#`. A listener that handles it cancels it. */
export const PLACE_EVENT = "aipython:place";

/**
 * Follows a link that was pressed in a frame. The frame's content is untrusted and might report a link that nobody pressed. So
 * the link is followed only while the frame has the focus, which only a person can give it, and only shortly after a press or a
 * key.
 */
export async function followFrameLink(frame: HTMLIFrameElement, href: string): Promise<void> {
  if (!await isPressed(frame)) return;
  if (href.startsWith("#")) return goToPlace(href.slice(1));
  const url = URL.canParse(href, location.href) ? new URL(href, location.href) : undefined;
  if (url === undefined || !OPENED.test(url.protocol)) return;
  open(url, "_blank", "noopener,noreferrer");
}

/** Whether a person has pressed in a frame. Waits for a moment, because a frame may report a press before it has the focus. */
async function isPressed(frame: HTMLIFrameElement): Promise<boolean> {
  for (let waitedMs = 0;; waitedMs += FOCUS_STEP_MS) {
    if (document.activeElement === frame && navigator.userActivation.isActive) return true;
    if (waitedMs >= FOCUS_DELAY_MS) return false;
    await new Promise((resolve) => setTimeout(resolve, FOCUS_STEP_MS));
  }
}

/** Goes to a place in this page by its fragment. */
export function goToPlace(fragment: string): void {
  dispatchEvent(new CustomEvent(PLACE_EVENT, { detail: fragment }));
}
