/**
 * The pictures attached to a Markdown cell, as URLs for the page.
 *
 * @module
 */

import { useEffect, useMemo, useState } from "react";
import { isJsonObject, type JsonObject } from "../../../src/nbformat/json_text.ts";
import { multiline } from "../../../src/nbformat/multiline.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { api } from "../api/api.ts";
import { keptUnder } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";
import { cellKey, readParts } from "./kept_parts.ts";

/** Data URLs of pictures by the names that Markdown uses: `![](attachment:NAME)`. */
export type AttachmentUrls = Readonly<Record<string, string>>;

const NONE: AttachmentUrls = {};

/** Makes URLs of a cell's attachments. Attachments that are not pictures are skipped. */
export function attachmentUrls(attachments: JsonObject | undefined): AttachmentUrls {
  const urls = Object.entries(attachments ?? {}).flatMap(([name, bundle]) => {
    if (!isJsonObject(bundle)) return [];
    const picture = Object.entries(bundle).find(([mimeType]) => /^image\/[\w.+-]+$/.test(mimeType));
    if (picture === undefined) return [];
    const [mimeType, content] = [picture[0], multiline(picture[1])];
    const isText = mimeType === "image/svg+xml" && content.trimStart().startsWith("<");
    const url = isText
      ? `data:${mimeType},${encodeURIComponent(content)}`
      : `data:${mimeType};base64,${content.replaceAll(/\s/g, "")}`;
    return [[name, url]];
  });
  return Object.fromEntries(urls);
}

/** Returns the attachments of a cell. They are empty until they are loaded. */
export function useAttachments(notebook: NotebookStore, cellId: string): AttachmentUrls {
  const rows: readonly { value: string }[] = useRows(notebook, useMemo(() => keptUnder(cellKey(cellId)), [cellId]));
  const value = rows[0]?.value;
  const [urls, setUrls] = useState(NONE);
  useEffect(() => {
    if (value === undefined) return;
    let isCurrent = true;
    readParts(value, api.artifact).then(
      ({ attachments }) => isCurrent && isJsonObject(attachments) && setUrls(attachmentUrls(attachments)),
      // The picture's alternative text is shown instead.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [value]);
  return urls;
}
