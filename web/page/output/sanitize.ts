/**
 * Makes HTML safe to stand in the page.
 *
 * @module
 */

import DOMPurify from "dompurify";

const purify = DOMPurify(globalThis.window);

purify.addHook("afterSanitizeAttributes", (node) => {
  if (node instanceof HTMLAnchorElement && /^https?:/.test(node.href)) {
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
});

/** Leaves no scripts, no styles, nothing to type into, and no ids of ours. */
export function sanitize(html: string): string {
  return purify.sanitize(html, {
    ADD_TAGS: ["semantics", "annotation"],
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog", "video", "audio"],
    FORBID_ATTR: ["style", "class", "id", "name"],
  });
}
