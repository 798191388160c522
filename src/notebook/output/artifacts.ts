/**
 * Artifacts: content that is kept beside a notebook instead of in its events.
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

/** How long an upload may take, in milliseconds: outputs that come later wait for it. A picture of 100 KB takes far less. */
const UPLOAD_TIMEOUT_MS = 10_000;

/** The server did not take an artifact, or did not hand it out. */
export class ArtifactError extends AIPythonError {
  /** The class's name. */
  readonly name = "ArtifactError";
  /** The HTTP status, where there was an answer. */
  readonly status?: number;

  /**
   * @param message what happened
   * @param options the cause, and the HTTP status
   */
  constructor(message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

/** Where an artifact is kept. */
export interface StoredArtifact {
  /** Its id, under which the notebook's server hands it out: `GET /api/artifacts/<id>`. */
  artifactId: string;
  /** The same as an absolute address, which needs no token. */
  fileUrl: string;
}

/** What {@linkcode uploadArtifact} needs. */
export interface UploadOptions extends NotebookAddress {
  /** What the server says of the bytes when it hands them out. */
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Gives up. */
  signal?: AbortSignal;
  /** Measures how long the upload takes. Default: the machine's clock. */
  clock?: Clock;
}

/**
 * Uploads an artifact.
 *
 * @returns where it is kept
 * @throws {ArtifactError} the server was not reached or did not take it, or not in time
 * @throws the signal's reason
 */
export async function uploadArtifact(options: UploadOptions): Promise<StoredArtifact> {
  const { signal, clock = systemClock } = options;
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const late = new ArtifactError(`the server did not take the artifact within ${UPLOAD_TIMEOUT_MS / 1000} s`);
  const cancelTimeout = clock.setTimer(() => deadline.abort(late), UPLOAD_TIMEOUT_MS);
  try {
    const signals = signal === undefined ? [deadline.signal] : [signal, deadline.signal];
    const artifactId = await post(options, AbortSignal.any(signals));
    return { artifactId, fileUrl: fileUrl(options.syncUrl, artifactId) };
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ArtifactError ? error : new ArtifactError("the server was not reached", { cause: error });
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
    // A token is for this server alone.
    redirect: "manual",
    signal,
  });
  const { text } = await readBoundedText(response, MAX_REASON_BYTES);
  const { status } = response;
  const elsewhere = redirectTarget(response, url);
  if (elsewhere !== undefined) {
    throw new ArtifactError(`the server sends us to ${elsewhere} (HTTP ${status}), where nothing was sent`, { status });
  }
  if (!response.ok) throw new ArtifactError(`the server answered HTTP ${status} to the artifact`, { status });
  const artifactId = readArtifactId(text);
  if (artifactId !== undefined) return artifactId;
  throw new ArtifactError(`the server took the artifact (HTTP ${status}) but named no artifactId`, { status });
}

/** The origin, because a sync URL may carry a password. */
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
