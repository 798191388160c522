/**
 * Converts texts to HTML on a thread that the page can terminate. Sends `ready` once, then answers each text in order.
 *
 * @module
 */

import { type Markup, toHtml } from "./to_html.ts";

/** A message of the worker. `html` is absent if the text cannot be converted. */
export type WorkerMessage = "ready" | { html?: string };

const say = (message: WorkerMessage) => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<Markup>) => {
  try {
    say({ html: toHtml(data) });
  } catch {
    say({});
  }
});
say("ready");
