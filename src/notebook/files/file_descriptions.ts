/**
 * Reads uploaded files, and remembers what the model is told of each.
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

/** How many files are fetched at once: a restarted agent reads all those of its history, of up to 16 MiB each. */
const MOST_REQUESTS = 4;
/** How often a file is asked for before a cell goes on without it, and the pause between, in milliseconds. */
const ATTEMPTS = 2;
const RETRY_PAUSE_MS = 500;
/** How many descriptions are remembered: more files than a notebook names in its history, at 8,000 characters each. */
const MOST_DESCRIPTIONS = 500;

/** A file as it was uploaded. */
export interface UploadedFile {
  name: string;
  artifactId: string;
  mimeType: string;
}

/** What {@linkcode FileDescriptions} needs. */
export interface FileDescriptionsOptions {
  /** The WebSocket base of the sync server, which also stores the notebook's artifacts. */
  syncUrl: string;
  notebookId: string;
  /** How long a description may be, in characters. */
  maxFileCharacters: number;
  logger: Logger;
  /** Measures every wait. Default: the machine's clock. */
  clock?: Clock;
}

/** The descriptions of a notebook's files. The content of an artifact never changes, so each is fetched once. */
export class FileDescriptions {
  readonly #options: FileDescriptionsOptions;
  readonly #limiter = new RequestLimiter(MOST_REQUESTS);
  readonly #known = new RecentMap<string, Promise<CellFile | undefined>>(MOST_DESCRIPTIONS);

  constructor(options: FileDescriptionsOptions) {
    this.#options = options;
  }

  /**
   * Describes a file, which is fetched if it is not known yet.
   *
   * @param signal gives up
   * @returns what the model is told of it, each time the same object; `undefined` if it could not be read this time
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
      // A large file takes part of a second.
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

/** Whether the server may hand the file out if it is asked again soon. */
function mayPass(error: unknown): boolean {
  return error instanceof ArtifactError && (error.status === undefined || error.status === 429 || error.status >= 500);
}
