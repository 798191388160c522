/**
 * Turns texts into HTML on a thread that the page can end. Says `ready` once, then answers each text in turn.
 *
 * @module
 */

import { type Markup, toHtml } from "./to_html.ts";

/** What the worker says. `html` is absent when the text cannot be turned into HTML. */
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
