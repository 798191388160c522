/**
 * Uploads a file to a notebook as the app's "Upload CSV" does: the bytes over HTTP, and an event that names them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { events } from "../../src/notebook/schema/mod.ts";
import type { NotebookEvent } from "../../src/notebook/notebook_store.ts";
import { apiUrl } from "../../src/notebook/sync/sync_url.ts";

/** The file to upload, and its server. */
export interface FileUpload {
  syncUrl: string;
  authToken: string;
  notebookId: string;
  fileName: string;
  content: string | Uint8Array<ArrayBuffer>;
  /** Default: `text/csv`. */
  mimeType?: string;
}

/** Uploads the bytes. Returns the event, which the person's client has to commit. */
export async function uploadFile(upload: FileUpload): Promise<NotebookEvent & { args: { artifactId: string } }> {
  const { syncUrl, authToken, notebookId, fileName, content, mimeType = "text/csv" } = upload;
  const response = await fetch(apiUrl(syncUrl, "/api/artifacts"), {
    method: "POST",
    headers: { authorization: `Bearer ${authToken}`, "x-notebook-id": notebookId, "content-type": mimeType },
    body: content,
  });
  assert.equal(response.status, 200);
  const { artifactId } = await response.json();
  return fileUploaded(fileName, artifactId, { mimeType });
}

/** Returns the event that names an artifact. Any editor of a notebook may write it with any values. */
export function fileUploaded(
  fileName: string,
  artifactId: string,
  { mimeType = "text/csv", fileUrl }: { mimeType?: string; fileUrl?: string } = {},
) {
  const createdAt = new Date("2026-02-03T04:05:06.789Z");
  return events.fileUploaded({ fileName, artifactId, mimeType, fileUrl, createdAt, createdBy: "person" });
}
