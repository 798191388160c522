/**
 * The contents that the app passes to its renderers.
 *
 * @module
 */

import type { AppContent } from "./app_cell.ts";

/**
 * Returns the content of each type. For an artifact it is the URL, which only the renderer of PNG and JPEG turns into
 * a picture. Without a `fileUrl` the URL is relative to the host that draws. Width and height in the metadata are
 * ignored.
 */
export function readContents(representations: Readonly<Record<string, AppContent>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(representations).map(([mimeType, content]) => [
      mimeType,
      content.type === "inline" ? content.data : addressOf(content),
    ]),
  );
}

function addressOf({ artifactId, metadata }: Extract<AppContent, { type: "artifact" }>): string {
  const { fileUrl } = metadata ?? {};
  return typeof fileUrl === "string" && fileUrl !== "" ? fileUrl : `/api/artifacts/${artifactId}`;
}
