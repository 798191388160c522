/**
 * Fetches an uploaded file from the notebook's server. The ids and addresses in a notebook come from anyone who can write to it. They do
 * not decide which server is asked, and the request carries no credentials.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import { readBoundedBytes } from "../../read_bounded_bytes.ts";
import { redirectTarget } from "../../redirect.ts";
import { ArtifactError } from "../output/artifacts.ts";
import { httpUrl } from "../sync/sync_url.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";

/** The longest time for a download, in milliseconds: 16 MiB then require about 13 Mbit/s. */
const FETCH_TIMEOUT_MS = 10_000;

/** The part of an artifact's id after the notebook's id. Servers use a UUID, which has 36 characters. */
const ARTIFACT_NAME = /^[\w-]{1,128}$/;

export interface FetchOptions {
  /** The sync server's WebSocket base URL. The server also stores the notebook's artifacts. */
  syncUrl: string;
  notebookId: string;
  /** The size of an artifact that is still fetched, in bytes. */
  maxBytes: number;
  signal: AbortSignal;
  /** The clock for the timeout. Default: the system's. */
  clock?: Clock;
}

/**
 * Fetches an artifact of a notebook.
 *
 * @param artifactId `NOTEBOOK/NAME`, as assigned by the server
 * @returns its bytes, or `undefined` if there are more than `maxBytes`
 * @throws {ArtifactError} if the id does not belong to this notebook, if the server cannot be reached, refuses, or takes too long
 * @throws the signal's reason
 */
export async function fetchArtifact(
  artifactId: string,
  options: FetchOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { signal, clock = systemClock } = options;
  signal.throwIfAborted();
  const url = artifactUrl(artifactId, options);
  const deadline = new AbortController();
  const late = new ArtifactError(`the server did not send the file within ${FETCH_TIMEOUT_MS / 1000} s`);
  const cancelTimeout = clock.setTimer(() => deadline.abort(late), FETCH_TIMEOUT_MS);
  try {
    return await get(url, options.maxBytes, AbortSignal.any([signal, deadline.signal]));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ArtifactError
      ? error
      : new ArtifactError("the server could not be reached, or closed the connection", { cause: error });
  } finally {
    cancelTimeout();
  }
}

/**
 * Whether an id belongs to an artifact of a notebook and has the form that its server uses. Other ids are not fetched: they could be paths
 * elsewhere on the server, or files of another notebook.
 */
export function isArtifactOf(notebookId: string, artifactId: string): boolean {
  return artifactId.startsWith(`${notebookId}/`) && ARTIFACT_NAME.test(artifactId.slice(notebookId.length + 1));
}

/** The address of an artifact. It consists of the sync URL's origin, without the password that the URL may contain, and a path. */
function artifactUrl(artifactId: string, { syncUrl, notebookId }: FetchOptions): URL {
  if (!isArtifactOf(notebookId, artifactId)) {
    throw new ArtifactError("the id of the file does not belong to this notebook, so the file was not fetched");
  }
  const path = `/api/artifacts/${encodeURIComponent(notebookId)}/${artifactId.slice(notebookId.length + 1)}`;
  return new URL(path, httpUrl(new URL(syncUrl)).origin);
}

async function get(url: URL, maxBytes: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const response = await privateFetch(url, { redirect: "manual", signal });
  const { status } = response;
  if (response.ok) {
    const { bytes, isCut } = await readBoundedBytes(response, maxBytes);
    return isCut ? undefined : bytes;
  }
  await response.body?.cancel();
  const elsewhere = redirectTarget(response, url);
  throw new ArtifactError(
    elsewhere === undefined
      ? `the server answered HTTP ${status} to the request for the file`
      : `the server redirects to ${elsewhere} (HTTP ${status}); the redirect was not followed`,
    { status },
  );
}
