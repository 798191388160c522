/**
 * Uploads a file to a notebook as the app's "Upload CSV" does: the bytes over HTTP, and an event that gives them a name.
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

/** Uploads the bytes; returns the event, which is for the person to commit. */
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

/** The event that gives an artifact a name, which any editor of a notebook may write as they like. */
export function fileUploaded(
  fileName: string,
  artifactId: string,
  { mimeType = "text/csv", fileUrl }: { mimeType?: string; fileUrl?: string } = {},
) {
  const createdAt = new Date("2026-02-03T04:05:06.789Z");
  return events.fileUploaded({ fileName, artifactId, mimeType, fileUrl, createdAt, createdBy: "person" });
}
