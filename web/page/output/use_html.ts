/**
 * The HTML of a text: at once where the text is light, and later, from the worker, where it is not.
 *
 * @module
 */

import { useEffect, useMemo, useRef, useState } from "react";
import { excessOf } from "./html_bounds.ts";
import { isLight } from "./is_light.ts";
import { MarkupQueue } from "./markup_queue.ts";
import type { Conversion } from "./markup_thread.ts";
import { sanitize } from "./sanitize.ts";
import { type Markup, toHtml } from "./to_html.ts";

const queue = new MarkupQueue();

/**
 * Turns a text into safe HTML.
 *
 * @returns the HTML; or, in `excess`, why there is none; `undefined` while the first text is under way. A later text's
 * place is held by the one before it.
 */
export function useHtml(kind: Markup["kind"], source: string): Conversion | undefined {
  const owner = useRef({});
  const light = useMemo(() => isLight({ kind, source }) ? convert({ kind, source }) : undefined, [kind, source]);
  const [heavy, setHeavy] = useState<Conversion>();
  const isHeavy = light === undefined;

  useEffect(() => {
    if (!isHeavy) return queue.forget(owner.current);
    queue.ask(owner.current, { kind, source }, (_, conversion) => setHeavy(secure(conversion)));
  }, [kind, source, isHeavy]);
  useEffect(() => () => queue.forget(owner.current), []);
  return light ?? heavy;
}

function convert(markup: Markup): Conversion {
  try {
    return secure({ html: toHtml(markup) });
  } catch {
    return { excess: "is nested too deeply to be drawn" };
  }
}

/** Bounds the HTML before the browser parses it. */
function secure(conversion: Conversion): Conversion {
  if ("excess" in conversion) return conversion;
  const excess = excessOf(conversion.html);
  return excess === undefined ? { html: sanitize(conversion.html) } : { excess: `is ${excess} to be drawn` };
}
