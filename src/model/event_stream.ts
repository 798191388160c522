/**
 * Decodes an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html) whose events are JSON.
 *
 * @module
 */

import { createParser, type EventSourceMessage } from "eventsource-parser";
import { breathe } from "../async/breathe.ts";
import { isPlainObject } from "../media/json_value.ts";
import { MAX_ANSWER_BYTES } from "./observed_response.ts";
import { EndlessStreamError, GarbledStreamError, StreamedError } from "./stream_errors.ts";

/**
 * The maximum size of a stream, in bytes. The longest answers of models have 128,000 tokens, and the most verbose servers send a
 * kilobyte for each. This is twice that.
 */
const MAX_STREAM_BYTES = 268_435_456;

/** The maximum number of events in a stream. The longest answers have 128,000 tokens, one event each. This is twice that. */
const MAX_EVENTS = 262_144;

/** How many bytes are parsed before timers and signals get a turn, because a server may send as fast as it can. */
const BYTES_AT_A_TIME = 262_144;

/** The data of the event that ends a stream. */
const DONE = "[DONE]";

/** The data of keep-alive events that some servers send while they work. */
const KEEP_ALIVE = /^\W*(?:ping|keep-?alive|heartbeat|processing)\W*$/i;

/** The name of an event that holds an error. */
const ERROR = "error";

/** The error of llama.cpp until 2025: a line that begins with `error:` instead of an event. The parser skips such a line. */
const ERROR_LINE = /[\r\n]error: ?(\{[^\r\n]*)[\r\n]/;

/** Ends the last line and the last event, which servers may leave open. */
const END = "\n\n";

/**
 * Reads the events of a stream. Skips comments, events without data and keep-alive events, but counts their bytes. An event, with all
 * that is skipped before it, may have {@linkcode MAX_ANSWER_BYTES}. The stream may have {@linkcode MAX_STREAM_BYTES} and
 * {@linkcode MAX_EVENTS} in all.
 *
 * @param read reads the next bytes; resolves to `undefined` at the end
 * @returns the parsed events; the generator's return value says whether the stream has ended with `[DONE]`
 * @throws {StreamedError} when an event is an error
 * @throws {GarbledStreamError} when an event is not JSON
 * @throws {EndlessStreamError} when there is no event for too long, or no end
 */
export async function* readEventStream(read: () => Promise<Uint8Array | undefined>): AsyncGenerator<unknown, boolean> {
  const utf8 = new TextDecoder();
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  let lastCharacter = "\n";
  let total = 0;
  /** How many bytes have arrived since the last event. */
  let idle = 0;
  let count = 0;
  for await (const bytes of inParts(read)) {
    total += bytes?.length ?? 0;
    idle += bytes?.length ?? 0;
    const part = bytes === undefined ? utf8.decode() + END : utf8.decode(bytes, { stream: true });
    parser.feed(part);
    // A line that arrives in pieces is not found here. The caller finds it in the beginning of the body.
    const line = ERROR_LINE.exec(lastCharacter + part)?.[1];
    if (line !== undefined) events.push({ event: ERROR, data: line });
    lastCharacter = part.at(-1) ?? lastCharacter;
    for (const { event, data } of events.splice(0)) {
      const text = data.trim();
      if (text === DONE) return true;
      if (text === "" || KEEP_ALIVE.test(text)) continue;
      idle = 0;
      if (++count > MAX_EVENTS) throw new EndlessStreamError("events", MAX_EVENTS);
      yield valueOf(event, text);
    }
    if (idle > MAX_ANSWER_BYTES) throw new EndlessStreamError("event", MAX_ANSWER_BYTES);
    if (total > MAX_STREAM_BYTES) throw new EndlessStreamError("stream", MAX_STREAM_BYTES);
  }
  return false;
}

/** Yields the bytes in parts, and lets other work run between them. Yields `undefined` at the end. */
async function* inParts(read: () => Promise<Uint8Array | undefined>): AsyncGenerator<Uint8Array | undefined> {
  let parsed = 0;
  for (let bytes = await read(); bytes !== undefined; bytes = await read()) {
    for (let start = 0; start < bytes.length;) {
      const part = bytes.subarray(start, start + BYTES_AT_A_TIME - parsed);
      yield part;
      start += part.length;
      parsed += part.length;
      if (parsed < BYTES_AT_A_TIME) continue;
      parsed = 0;
      await breathe();
    }
  }
  yield undefined;
}

function valueOf(name: string | undefined, data: string): unknown {
  const value = parse(data);
  if (name === ERROR) throw new StreamedError(errorOf(value ?? data));
  if (value === undefined) throw new GarbledStreamError(data);
  if (isPlainObject(value) && value.error) throw new StreamedError(errorOf(value));
  return value;
}

/** Returns the `error` of an event, or the whole event if `error` is only a word and other fields say more. */
function errorOf(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const { error = null } = value;
  return error !== null && (typeof error === "object" || Object.keys(value).length === 1) ? error : value;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
