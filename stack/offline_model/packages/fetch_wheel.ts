/**
 * Fetches a wheel and checks that it is the one that the lock names.
 *
 * @module
 */

import type { Clock } from "../../../src/async/clock.ts";
import { AIPythonError } from "../../../src/errors.ts";
import { redirectTarget } from "../../../src/redirect.ts";
import type { LockedWheel } from "./package_lock.ts";
import { hashOf } from "./wheel_cache.ts";

/** A wheel was not to be had. The message is a clause that says why, such as `127.0.0.1:80 answers 404 for a-1-py3-none-any.whl`. */
export class WheelFetchError extends AIPythonError {
  readonly name = "WheelFetchError";
  /** Whether no other wheel is to be had there either. */
  readonly isUnreachable: boolean;

  constructor(message: string, options: { isUnreachable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.isUnreachable = options.isUnreachable;
  }
}

/** Milliseconds without any byte after which a fetch is given up: a cell waits for it. */
export const WHEEL_STALL_MS = 15_000;

/** Bytes of the largest wheel that is read; the largest of the distribution has 60 MB. */
const MAX_WHEEL = 256 * 1024 * 1024;

/**
 * Fetches a wheel.
 *
 * @param wheel which one
 * @param base the distribution's address, ending in a slash
 * @param clock measures silence
 * @param signal aborts the fetch
 * @returns its bytes, whose hash is the lock's
 * @throws {WheelFetchError} when it cannot be fetched, or is not the one that the lock names
 */
export async function fetchWheel(
  { fileName, sha256 }: LockedWheel,
  base: string,
  clock: Pick<Clock, "setTimer">,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(encodeURIComponent(fileName), base);
  const silence = new AbortController();
  let cancel = () => {};
  const listen = () => {
    cancel();
    cancel = clock.setTimer(() => silence.abort(), WHEEL_STALL_MS);
  };
  try {
    listen();
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.any([signal, silence.signal]) });
    const bytes = await readAnswer(response, url, fileName, listen);
    if (await hashOf(bytes) === sha256) return bytes;
    const message =
      `what ${url.host} sends as ${fileName} is not the file that Pyodide's lock names (its SHA-256 is another)`;
    throw new WheelFetchError(message, { isUnreachable: false });
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof WheelFetchError) throw cause;
    const why = silence.signal.aborted
      ? `${url.host} has sent nothing for ${WHEEL_STALL_MS / 1000} seconds`
      : networkProblem(url, cause);
    throw new WheelFetchError(why, { isUnreachable: true, cause });
  } finally {
    cancel();
  }
}

async function readAnswer(
  response: Response,
  url: URL,
  fileName: string,
  onBytes: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = redirectTarget(response, url);
  if (!response.ok) {
    await response.body?.cancel();
    const answer = target === undefined ? `answers ${response.status}` : `redirects to ${target}`;
    throw new WheelFetchError(`${url.host} ${answer} for ${fileName}`, { isUnreachable: false });
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    onBytes();
    length += piece.length;
    if (length > MAX_WHEEL) {
      throw new WheelFetchError(`${url.host} sends more than ${MAX_WHEEL} bytes as ${fileName}`, {
        isUnreachable: false,
      });
    }
    pieces.push(piece);
  }
  const bytes = new Uint8Array(length);
  let end = 0;
  for (const piece of pieces) {
    bytes.set(piece, end);
    end += piece.length;
  }
  return bytes;
}

function networkProblem(url: URL, error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) {
    return `this program may not reach ${url.host}: start it with --allow-net=${url.host} besides`;
  }
  return `${url.host} cannot be reached`;
}
