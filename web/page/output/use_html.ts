/**
 * The HTML of a text: a light text is converted at once, any other one in the worker.
 *
 * @module
 */

import { useEffect, useMemo, useRef, useState } from "react";
import type { AttachmentUrls } from "../file/attachments.ts";
import type { Conversion } from "./markup_thread.ts";
import { convertLight, queue, secure } from "./safe_html.ts";
import type { Markup } from "./to_html.ts";

/**
 * Converts a text to safe HTML.
 *
 * @param attachments the pictures that the text may refer to
 * @returns the HTML, or in `excess` the reason there is none; `undefined` while the first text is being converted. During the
 *   conversion of a later text, the result for the previous one.
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
