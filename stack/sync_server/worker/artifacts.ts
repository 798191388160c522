/**
 * Artifacts: files uploaded by cells. They are stored in a bucket, and everybody who knows an artifact's id can
 * download it.
 *
 * @module
 */

import type { Bucket } from "./bindings.ts";
import { isNotebookId } from "./notebook_id.ts";
import { problem } from "./problem.ts";

/**
 * Bytes of the largest artifact. 16 MiB is far more than a cell's pictures need, and limits the cost that one token
 * can cause.
 */
export const maxArtifactBytes = 16 * 1024 * 1024;

const defaultContentType = "application/octet-stream";

/**
 * The headers of a download. An artifact's type is chosen by its uploader, and its origin is that of the API. A
 * browser may therefore draw it as a picture but never run it, whether it is HTML, SVG or a script. Its id is random
 * and its bytes never change.
 */
const artifactHeaders = {
  "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "public, max-age=31536000, immutable",
};

/** Stores a request's body for the notebook that the request names. The caller has checked the token. */
export async function storeArtifact(request: Request, artifacts: Bucket): Promise<Response> {
  const notebookId = request.headers.get("x-notebook-id") ?? "";
  if (!isNotebookId(notebookId)) return problem(400, "x-notebook-id must be the id of a notebook");
  const length = request.headers.get("content-length");
  if (length === null || request.body === null) {
    return problem(411, "An artifact needs a body and a Content-Length: send the bytes whole, not in chunks");
  }
  if (Number(length) > maxArtifactBytes) {
    // Reads the rest of the body: a client that is still sending when the connection closes would not read the error.
    await request.body.pipeTo(new WritableStream());
    return problem(413, `An artifact of ${length} bytes is too large: the limit is ${maxArtifactBytes} bytes`);
  }
  const artifactId = `${notebookId}/${crypto.randomUUID()}`;
  const contentType = request.headers.get("content-type") ?? defaultContentType;
  await artifacts.put(artifactId, request.body, { httpMetadata: { contentType } });
  return Response.json({ artifactId });
}

export async function readArtifact(artifactId: string, artifacts: Bucket): Promise<Response> {
  const artifact = await artifacts.get(artifactId);
  if (artifact === null) return problem(404, `No artifact ${artifactId}`);
  const contentType = artifact.httpMetadata?.contentType ?? defaultContentType;
  return new Response(artifact.body, { headers: { ...artifactHeaders, "content-type": contentType } });
}
