/**
 * Converts texts to HTML that is safe in the page: limited and sanitized. Light texts are converted at once, others in a worker.
 *
 * @module
 */

import type { AttachmentUrls } from "../file/attachments.ts";
import { excessOf } from "./html_bounds.ts";
import { isLight } from "./is_light.ts";
import { MarkupQueue } from "./markup_queue.ts";
import type { Conversion } from "./markup_thread.ts";
import { sanitize } from "./sanitize.ts";
import { type Markup, toHtml } from "./to_html.ts";

export const queue = new MarkupQueue();

/** Converts a light text. Returns `undefined` for other texts. */
export function convertLight(markup: Markup, attachments?: AttachmentUrls): Conversion | undefined {
  if (!isLight(markup)) return undefined;
  try {
    return secure({ html: toHtml(markup) }, attachments);
  } catch {
    return { excess: "is nested too deeply to be drawn" };
  }
}

export function convert(markup: Markup, attachments?: AttachmentUrls): Promise<Conversion> {
  const light = convertLight(markup, attachments);
  if (light !== undefined) return Promise.resolve(light);
  return new Promise((resolve) => queue.ask({}, markup, (_, conversion) => resolve(secure(conversion, attachments))));
}

/** Limits and sanitizes HTML. The limits are checked before the browser parses it. */
export function secure(conversion: Conversion, attachments?: AttachmentUrls): Conversion {
  if ("excess" in conversion) return conversion;
  const excess = excessOf(conversion.html);
  return excess === undefined
    ? { html: sanitize(conversion.html, attachments) }
    : { excess: `is ${excess} to be drawn` };
}
