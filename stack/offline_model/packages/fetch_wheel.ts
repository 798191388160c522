/**
 * Fetches a wheel and compares its hash with the lock.
 *
 * @module
 */

import type { Clock } from "../../../src/async/clock.ts";
import { AIPythonError } from "../../../src/errors.ts";
import { redirectTarget } from "../../../src/redirect.ts";
import type { LockedWheel } from "./package_lock.ts";
import { hashOf } from "./wheel_cache.ts";

/**
 * The reason a wheel was not available: the host does not answer, this program has no permission, or the response is
 * not the expected wheel.
 */
export type FetchProblem = "unreachable" | "forbidden" | "wrong";

/**
 * A wheel was not available. The message is a clause with the reason, such as `127.0.0.1:80 answers 404 for
 * a-1-py3-none-any.whl`.
 */
export class WheelFetchError extends AIPythonError {
  readonly name = "WheelFetchError";
  readonly problem: FetchProblem;
  /** The host of the request. */
  readonly host: string;

  constructor(message: string, { problem, host, cause }: { problem: FetchProblem; host: string; cause?: unknown }) {
    super(message, { cause });
    this.problem = problem;
    this.host = host;
  }
}

/** Milliseconds without any byte after which a fetch is aborted: a cell waits for it. */
export const WHEEL_STALL_MS = 15_000;

/** Bytes that a wheel may have. The largest wheel of the distribution has 60 MB. */
const MAX_WHEEL = 256 * 1024 * 1024;

/**
 * Fetches a wheel.
 *
 * @param base the distribution's address, ending in a slash
 * @param clock measures how long the host is silent
 * @returns the wheel's bytes, whose hash equals the lock's
 * @throws {WheelFetchError} when the wheel cannot be fetched, or its hash is not the lock's
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
    throw wrong(url, `what ${url.host} sends as ${fileName} has another SHA-256 than Pyodide's lock says`);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof WheelFetchError) throw cause;
    const isForbidden = cause instanceof Deno.errors.NotCapable;
    const message = silence.signal.aborted
      ? `${url.host} has sent nothing for ${WHEEL_STALL_MS / 1000} seconds`
      : `${isForbidden ? "this program may not reach " : ""}${url.host}${isForbidden ? "" : " cannot be reached"}`;
    throw new WheelFetchError(message, { problem: isForbidden ? "forbidden" : "unreachable", host: url.host, cause });
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
  if (!response.ok) {
    await response.body?.cancel();
    const target = redirectTarget(response, url);
    const answer = target === undefined ? `answers ${response.status}` : `redirects to ${target}`;
    throw wrong(url, `${url.host} ${answer} for ${fileName}`);
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    onBytes();
    length += piece.length;
    if (length > MAX_WHEEL) throw wrong(url, `${url.host} sends more than ${MAX_WHEEL} bytes as ${fileName}`);
    pieces.push(piece);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function wrong({ host }: URL, message: string): WheelFetchError {
  return new WheelFetchError(message, { problem: "wrong", host });
}
