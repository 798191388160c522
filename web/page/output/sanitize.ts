/**
 * Makes HTML safe to stand in the page.
 *
 * @module
 */

import DOMPurify from "dompurify";
import type { AttachmentUrls } from "../file/attachments.ts";

const purify = DOMPurify(globalThis.window);

purify.addHook("afterSanitizeAttributes", (node) => {
  if (node instanceof HTMLAnchorElement && /^https?:/.test(node.href)) {
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
});

/** The pictures that the HTML which is being sanitized may name. */
let known: AttachmentUrls = {};

purify.addHook("uponSanitizeAttribute", (node, attribute) => {
  const name = /^attachment:(.*)$/s.exec(attribute.attrValue)?.[1];
  if (attribute.attrName !== "src" || !(node instanceof HTMLImageElement) || name === undefined) return;
  attribute.attrValue = known[name] ?? known[decoded(name)] ?? "";
});

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Leaves no scripts, no styles, nothing to type into, and no ids of ours.
 *
 * @param attachments the pictures that it may name. Default: none
 */
export function sanitize(html: string, attachments: AttachmentUrls = {}): string {
  known = attachments;
  return purify.sanitize(html, {
    ADD_TAGS: ["semantics", "annotation"],
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog", "video", "audio"],
    FORBID_ATTR: ["style", "class", "id", "name"],
  });
}
