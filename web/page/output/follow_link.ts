/**
 * Follows a link in untrusted text: to a heading of this page, or to another page in a new tab.
 *
 * @module
 */

/** The schemes that a link to another page may have. */
const OPENED = /^(?:https?|mailto):/;

/** The event for a link to a place in this page. `detail` is the fragment without `#`. A listener that handles it cancels it. */
export const PLACE_EVENT = "aipython:place";

/**
 * Follows a link that was pressed in a frame. The frame's content is untrusted and might report a link that nobody pressed. So
 * the link is followed only while the frame has the focus, which only a person can give it, and only shortly after a press or a
 * key.
 */
export function followFrameLink(frame: HTMLIFrameElement, href: string): void {
  if (document.activeElement !== frame || !navigator.userActivation.isActive) return;
  if (href.startsWith("#")) return goToPlace(href.slice(1));
  const url = URL.canParse(href, location.href) ? new URL(href, location.href) : undefined;
  if (url === undefined || !OPENED.test(url.protocol)) return;
  open(url, "_blank", "noopener,noreferrer");
}

/** Goes to a place in this page by its fragment. */
export function goToPlace(fragment: string): void {
  dispatchEvent(new CustomEvent(PLACE_EVENT, { detail: fragment }));
}
