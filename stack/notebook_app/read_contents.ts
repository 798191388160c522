/**
 * What the app hands to its renderers.
 *
 * @module
 */

import type { AppContent } from "./app_cell.ts";

/**
 * The content of each type; of an artifact its address, which only the renderer of PNG and JPEG makes a picture of. Without a
 * `fileUrl` it is relative to the host that draws. Width and height in the metadata are not read.
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
