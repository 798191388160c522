/**
 * Makes HTML safe to stand in the page.
 *
 * @module
 */

import DOMPurify from "dompurify";
import type { AttachmentUrls } from "../file/attachments.ts";

const purify = DOMPurify(globalThis.window);

const XLINK = "http://www.w3.org/1999/xlink";

/** A link to a place in the page stays there; any other one must not take the place of the page, in an SVG neither. */
purify.addHook("afterSanitizeAttributes", (node) => {
  const href = node.getAttribute("href") ?? node.getAttributeNS(XLINK, "href");
  if (href === null || href.trim().startsWith("#")) return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
});

/** A link may lead to what has this name: an id would be one of the page's own. */
purify.addHook("beforeSanitizeAttributes", (node) => {
  const name = node.getAttribute?.("id") ?? node.getAttribute?.("name");
  node.removeAttribute?.("data-anchor");
  if (name) node.setAttribute("data-anchor", name);
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
