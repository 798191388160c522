/**
 * Artifacts: what a cell has uploaded, kept in a bucket and handed out to everybody who knows its id.
 *
 * @module
 */

import type { Bucket } from "./bindings.ts";
import { isNotebookId } from "./notebook_id.ts";
import { problem } from "./problem.ts";

/** The largest artifact, in bytes: 16 MiB is far beyond any picture that a cell draws, and bounds what one token can cost. */
export const maxArtifactBytes = 16 * 1024 * 1024;

const defaultContentType = "application/octet-stream";

/**
 * An artifact is whatever its uploader says that it is, and comes from the same origin as the API: it is to be drawn as a picture,
 * and never run, whether it is HTML, SVG or a script. Its id is random and its bytes never change.
 */
const artifactHeaders = {
  "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "public, max-age=31536000, immutable",
};

/** Stores a request's body for the notebook that it names; the caller has checked the token. */
export async function storeArtifact(request: Request, artifacts: Bucket): Promise<Response> {
  const notebookId = request.headers.get("x-notebook-id") ?? "";
  if (!isNotebookId(notebookId)) return problem(400, "x-notebook-id must be the id of a notebook");
  const length = request.headers.get("content-length");
  if (length === null || request.body === null) {
    return problem(411, "An artifact needs a body and a Content-Length: send the bytes whole, not in chunks");
  }
  if (Number(length) > maxArtifactBytes) {
    // Whoever is still sending when the connection closes does not read why.
    await request.body.pipeTo(new WritableStream());
    return problem(413, `An artifact of ${length} bytes is too large: the limit is ${maxArtifactBytes} bytes`);
  }
  const artifactId = `${notebookId}/${crypto.randomUUID()}`;
  const contentType = request.headers.get("content-type") ?? defaultContentType;
  await artifacts.put(artifactId, request.body, { httpMetadata: { contentType } });
  return Response.json({ artifactId });
}

/** Hands an artifact out. */
export async function readArtifact(artifactId: string, artifacts: Bucket): Promise<Response> {
  const artifact = await artifacts.get(artifactId);
  if (artifact === null) return problem(404, `No artifact ${artifactId}`);
  const contentType = artifact.httpMetadata?.contentType ?? defaultContentType;
  return new Response(artifact.body, { headers: { ...artifactHeaders, "content-type": contentType } });
}
