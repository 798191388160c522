/**
 * Uploads artifacts: content that is stored next to a notebook instead of in its events.
 *
 * @module
 */

import type { NotebookAddress } from "../notebook_address.ts";
import { type Clock, systemClock } from "../../async/clock.ts";
import { AIPythonError } from "../../errors.ts";
import { MAX_REASON_BYTES, readBoundedText } from "../../read_bounded_text.ts";
import { redirectTarget } from "../../redirect.ts";
import { apiUrl, httpUrl } from "../sync/sync_url.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";

/** The longest time for an upload, in milliseconds. Later outputs wait for it. An image of 100 KB usually takes much less. */
const UPLOAD_TIMEOUT_MS = 10_000;

/** The server did not store an artifact, or did not return one. */
export class ArtifactError extends AIPythonError {
  readonly name = "ArtifactError";
  /** The HTTP status, if the server has answered. */
  readonly status?: number;

  /** @param message the problem, in one line */
  constructor(message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

export interface StoredArtifact {
  /** The artifact's id. The notebook's server returns the content at `GET /api/artifacts/<id>`. */
  artifactId: string;
  /** The same address as an absolute URL, which requires no token. */
  fileUrl: string;
}

export interface UploadOptions extends NotebookAddress {
  /** The MIME type with which the server returns the bytes. */
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
  /** The clock for the timeout. Default: the system's. */
  clock?: Clock;
}

/**
 * Uploads an artifact.
 *
 * @throws {ArtifactError} if the server cannot be reached, refuses the artifact, or takes too long
 * @throws the signal's reason
 */
export async function uploadArtifact(options: UploadOptions): Promise<StoredArtifact> {
  const { signal, clock = systemClock } = options;
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const late = new ArtifactError(`the server did not accept the artifact within ${UPLOAD_TIMEOUT_MS / 1000} s`);
  const cancelTimeout = clock.setTimer(() => deadline.abort(late), UPLOAD_TIMEOUT_MS);
  try {
    const signals = signal === undefined ? [deadline.signal] : [signal, deadline.signal];
    const artifactId = await post(options, AbortSignal.any(signals));
    return { artifactId, fileUrl: fileUrl(options.syncUrl, artifactId) };
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ArtifactError
      ? error
      : new ArtifactError("the server could not be reached", { cause: error });
  } finally {
    cancelTimeout();
  }
}

async function post(options: UploadOptions, signal: AbortSignal): Promise<string> {
  const { syncUrl, authToken, notebookId, mimeType, bytes } = options;
  const url = apiUrl(syncUrl, "/api/artifacts");
  const response = await privateFetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${authToken}`, "x-notebook-id": notebookId, "content-type": mimeType },
    body: bytes,
    // A redirect would send the token to another server.
    redirect: "manual",
    signal,
  });
  const { text } = await readBoundedText(response, MAX_REASON_BYTES);
  const { status } = response;
  const elsewhere = redirectTarget(response, url);
  if (elsewhere !== undefined) {
    throw new ArtifactError(`the server redirects to ${elsewhere} (HTTP ${status}); nothing was sent there`, {
      status,
    });
  }
  if (!response.ok) {
    throw new ArtifactError(`the server answered HTTP ${status} to the upload of the artifact`, { status });
  }
  const artifactId = readArtifactId(text);
  if (artifactId !== undefined) return artifactId;
  throw new ArtifactError(`the server accepted the artifact (HTTP ${status}), but its answer has no artifactId`, {
    status,
  });
}

/** The public address of an artifact. It uses only the origin of the sync URL, because that may contain a password. */
function fileUrl(syncUrl: string, artifactId: string): string {
  return new URL(`/api/artifacts/${artifactId}`, httpUrl(new URL(syncUrl)).origin).href;
}

function readArtifactId(body: string): string | undefined {
  try {
    const answer = JSON.parse(body);
    return typeof answer?.artifactId === "string" && answer.artifactId !== "" ? answer.artifactId : undefined;
  } catch {
    return undefined;
  }
}
