/**
 * The HTML of a text: at once where the text is light, and later, from the worker, where it is not.
 *
 * @module
 */

import { useEffect, useMemo, useRef, useState } from "react";
import type { AttachmentUrls } from "../file/attachments.ts";
import type { Conversion } from "./markup_thread.ts";
import { convertLight, queue, secure } from "./safe_html.ts";
import type { Markup } from "./to_html.ts";

/**
 * Turns a text into safe HTML.
 *
 * @param attachments the pictures that it may name
 * @returns the HTML; or, in `excess`, why there is none; `undefined` while the first text is under way. A later text's
 * place is held by the one before it.
 */
export function useHtml({ kind, source }: Markup, attachments?: AttachmentUrls): Conversion | undefined {
  const owner = useRef({});
  const light = useMemo(() => convertLight({ kind, source }, attachments), [kind, source, attachments]);
  const [heavy, setHeavy] = useState<Conversion>();
  const isHeavy = light === undefined;

  useEffect(() => {
    if (!isHeavy) return queue.forget(owner.current);
    queue.ask(owner.current, { kind, source }, (_, conversion) => setHeavy(secure(conversion, attachments)));
  }, [kind, source, attachments, isHeavy]);
  useEffect(() => () => queue.forget(owner.current), []);
  return light ?? heavy;
}
