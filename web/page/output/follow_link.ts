/**
 * Follows a link of a stranger's text: to a heading of this page, or to another page in a tab of its own.
 *
 * @module
 */

/** What a link may lead to outside this page. */
const OPENED = /^(?:https?|mailto):/;

/** What a link to a place in this page is told to; `detail` is the fragment without `#`. Cancelled by whoever has gone there. */
export const PLACE_EVENT = "aipython:place";

/**
 * Follows a link that somebody has pressed in a frame. The frame may have been written by a stranger who says so without a press:
 * it is believed where the frame has the focus, which only a person brings there, and only shortly after a press or a key.
 */
export function followFrameLink(frame: HTMLIFrameElement, href: string): void {
  if (document.activeElement !== frame || !navigator.userActivation.isActive) return;
  if (href.startsWith("#")) return goToPlace(href.slice(1));
  const url = URL.canParse(href, location.href) ? new URL(href, location.href) : undefined;
  if (url === undefined || !OPENED.test(url.protocol)) return;
  open(url, "_blank", "noopener,noreferrer");
}

/** Goes to a place in this page, by its fragment. */
export function goToPlace(fragment: string): void {
  dispatchEvent(new CustomEvent(PLACE_EVENT, { detail: fragment }));
}
