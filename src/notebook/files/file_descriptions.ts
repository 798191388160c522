/**
 * Fetches uploaded files and caches their descriptions for the model.
 *
 * @module
 */

import { breathe } from "../../async/breathe.ts";
import { type Clock, systemClock } from "../../async/clock.ts";
import { delay } from "../../async/delay.ts";
import { RequestLimiter } from "../../async/request_limiter.ts";
import type { CellFile } from "../../execution/cell_file.ts";
import { describeFile } from "../../files/describe_file.ts";
import { describeLargeFile, MAX_FILE_BYTES } from "../../files/hidden_content.ts";
import type { Logger } from "../../logger.ts";
import { RecentMap } from "../../recent_map.ts";
import { ArtifactError } from "../output/artifacts.ts";
import { fetchArtifact, isArtifactOf } from "./fetch_artifact.ts";

/** The number of concurrent downloads. A restarted agent fetches all files of its history, up to 16 MiB each. */
const MAX_REQUESTS = 4;
/** The number of attempts to fetch a file before a cell continues without it. The delay between them is in milliseconds. */
const ATTEMPTS = 2;
const RETRY_PAUSE_MS = 500;
/** The number of cached descriptions: more files than a history names, at 8,000 characters each. */
const MAX_DESCRIPTIONS = 500;

export interface UploadedFile {
  name: string;
  artifactId: string;
  mimeType: string;
}

export interface FileDescriptionsOptions {
  /** The sync server's WebSocket base URL. The server also stores the notebook's artifacts. */
  syncUrl: string;
  notebookId: string;
  /** The maximal length of a description, in characters. */
  maxFileCharacters: number;
  logger: Logger;
  /** The clock for all delays. Default: the system's. */
  clock?: Clock;
}

/** The descriptions of a notebook's files. An artifact never changes, so each one is fetched only once. */
export class FileDescriptions {
  readonly #options: FileDescriptionsOptions;
  readonly #limiter = new RequestLimiter(MAX_REQUESTS);
  readonly #known = new RecentMap<string, Promise<CellFile | undefined>>(MAX_DESCRIPTIONS);

  constructor(options: FileDescriptionsOptions) {
    this.#options = options;
  }

  /**
   * Describes a file. Fetches it if its description is not in the cache.
   *
   * @returns the description, the same object for every call; `undefined` if the file could not be read this time
   */
  of(file: UploadedFile, signal: AbortSignal): Promise<CellFile | undefined> {
    const key = JSON.stringify([file.artifactId, file.name, file.mimeType]);
    return this.#known.getOrMake(key, async () => {
      try {
        const description = await this.#describe(file, signal);
        return { name: file.name, version: file.artifactId, description };
      } catch (error) {
        this.#known.delete(key);
        if (!signal.aborted || error instanceof ArtifactError) this.#warn(file, error);
        return undefined;
      }
    });
  }

  #warn({ name, artifactId }: UploadedFile, error: unknown): void {
    this.#options.logger.warn("an uploaded file could not be read", { file: name, artifactId, error: String(error) });
  }

  async #describe({ name, artifactId, mimeType }: UploadedFile, signal: AbortSignal): Promise<string> {
    const permit = await this.#limiter.acquire(signal);
    try {
      const bytes = await this.#fetch(artifactId, signal);
      if (bytes === undefined) return describeLargeFile();
      // Describing a large file takes a noticeable part of a second.
      await breathe();
      return describeFile({ name, mimeType, bytes }, this.#options.maxFileCharacters);
    } finally {
      permit.release();
    }
  }

  async #fetch(artifactId: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const { syncUrl, notebookId, clock = systemClock } = this.#options;
    const attempts = isArtifactOf(notebookId, artifactId) ? ATTEMPTS : 1;
    for (let attempt = 1;; attempt++) {
      try {
        return await fetchArtifact(artifactId, { syncUrl, notebookId, maxBytes: MAX_FILE_BYTES, signal, clock });
      } catch (error) {
        if (attempt === attempts || !mayPass(error)) throw error;
        await delay(clock, RETRY_PAUSE_MS, signal);
      }
    }
  }
}

/** Whether another attempt may succeed. */
function mayPass(error: unknown): boolean {
  return error instanceof ArtifactError && (error.status === undefined || error.status === 429 || error.status >= 500);
}
