/**
 * Makes HTML safe to be in the page.
 *
 * @module
 */

import DOMPurify from "dompurify";
import type { AttachmentUrls } from "../file/attachments.ts";

const purify = DOMPurify(globalThis.window);

const XLINK = "http://www.w3.org/1999/xlink";

/** A link to a place in the page stays in the page. Any other link, also in an SVG, must not replace the page. */
purify.addHook("afterSanitizeAttributes", (node) => {
  const href = node.getAttribute("href") ?? node.getAttributeNS(XLINK, "href");
  if (href === null || href.trim().startsWith("#")) return;
  node.setAttribute("target", "_blank");
  node.setAttribute("rel", "noopener noreferrer");
});

/** A link may lead to an element by its name. An id could clash with one of the page. */
purify.addHook("beforeSanitizeAttributes", (node) => {
  const name = node.getAttribute?.("id") ?? node.getAttribute?.("name");
  node.removeAttribute?.("data-anchor");
  if (name) node.setAttribute("data-anchor", name);
});

/** The pictures that the HTML being sanitized may refer to. */
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
 * Removes scripts, styles, form fields and ids.
 *
 * @param attachments the pictures that the HTML may refer to. Default: none
 */
export function sanitize(html: string, attachments: AttachmentUrls = {}): string {
  known = attachments;
  return purify.sanitize(html, {
    ADD_TAGS: ["semantics", "annotation"],
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog", "video", "audio"],
    FORBID_ATTR: ["style", "class", "id", "name"],
  });
}
