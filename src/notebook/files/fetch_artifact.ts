/**
 * Fetches an uploaded file from the notebook's own server. Whoever can write to a notebook chooses the ids and addresses in it, so
 * nothing of them decides where a request goes, and the request carries no credentials.
 *
 * @module
 */

import { type Clock, systemClock } from "../../async/clock.ts";
import { readBoundedBytes } from "../../read_bounded_bytes.ts";
import { redirectTarget } from "../../redirect.ts";
import { ArtifactError } from "../output/artifacts.ts";
import { httpUrl } from "../sync/sync_url.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";

/** How long a server may take to hand a file out, in milliseconds: 16 MiB in that time are some 13 Mbit/s. */
const FETCH_TIMEOUT_MS = 10_000;

/** What follows the notebook's id in the id of an artifact: servers write a UUID, which has 36 characters. */
const ARTIFACT_NAME = /^[\w-]{1,128}$/;

/** What {@linkcode fetchArtifact} needs. */
export interface FetchOptions {
  /** The WebSocket base of the sync server, which also stores the notebook's artifacts. */
  syncUrl: string;
  /** The notebook whose artifacts are fetched. */
  notebookId: string;
  /** How many bytes an artifact may have. */
  maxBytes: number;
  /** Gives up. */
  signal: AbortSignal;
  /** Measures how long it takes. Default: the machine's clock. */
  clock?: Clock;
}

/**
 * Fetches an artifact of a notebook.
 *
 * @param artifactId `NOTEBOOK/NAME`, as the server that stored it has named it
 * @returns its bytes; `undefined` if it has more than `maxBytes`
 * @throws {ArtifactError} the id is not one of this notebook's, or the server was not reached or did not hand it out, or not in time
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
  const late = new ArtifactError(`the server did not hand the file out within ${FETCH_TIMEOUT_MS / 1000} s`);
  const cancelTimeout = clock.setTimer(() => deadline.abort(late), FETCH_TIMEOUT_MS);
  try {
    return await get(url, options.maxBytes, AbortSignal.any([signal, deadline.signal]));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ArtifactError
      ? error
      : new ArtifactError("the server was not reached, or hung up", { cause: error });
  } finally {
    cancelTimeout();
  }
}

/**
 * Whether an id is that of an artifact of a notebook, as its server writes them. No other is fetched: it may lead elsewhere on the server,
 * or to another notebook's file, which nobody has put into this one.
 */
export function isArtifactOf(notebookId: string, artifactId: string): boolean {
  return artifactId.startsWith(`${notebookId}/`) && ARTIFACT_NAME.test(artifactId.slice(notebookId.length + 1));
}

/** The address of an artifact, on the origin of the sync URL, which may carry a password. */
function artifactUrl(artifactId: string, { syncUrl, notebookId }: FetchOptions): URL {
  if (!isArtifactOf(notebookId, artifactId)) {
    throw new ArtifactError("the file is not kept where this notebook's server keeps its files, and was not asked for");
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
      : `the server sends us to ${elsewhere} (HTTP ${status}), where nothing was asked`,
    { status },
  );
}
