/**
 * Decodes an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html) whose events are JSON.
 *
 * @module
 */

import { createParser, type EventSourceMessage, type ParseError } from "eventsource-parser";
import { isPlainObject } from "../media/json_value.ts";
import { MAX_ANSWER_BYTES } from "./observed_response.ts";
import { GarbledStreamError, StreamedError } from "./stream_errors.ts";

/** The data of the event that ends a stream. */
const DONE = "[DONE]";

/** What some servers send as data while they are at work. */
const SIGN_OF_LIFE = /^\W*(?:ping|keep-?alive|heartbeat|processing)\W*$/i;

/** The name of an event that holds an error. llama.cpp had a line of this name instead until 2025. */
const ERROR = "error";

/** Ends the last line and the last event, which servers may leave open. */
const END = "\n\n";

/** Stands for an event that was too long to be kept. It is not JSON. */
const TOO_LONG = `(more than ${MAX_ANSWER_BYTES.toLocaleString("en-US")} characters)`;

/**
 * Reads the events of a stream. Comments, events without data and signs of life are passed over.
 *
 * @param read reads the next bytes; nothing at the end
 * @returns the events, parsed; at last whether the stream has said that it is done
 * @throws {StreamedError} when an event is an error
 * @throws {GarbledStreamError} when an event is not JSON, or is longer than any answer
 */
export async function* readEventStream(read: () => Promise<Uint8Array | undefined>): AsyncGenerator<unknown, boolean> {
  const utf8 = new TextDecoder();
  const events: EventSourceMessage[] = [];
  const parser = createParser({
    maxBufferSize: MAX_ANSWER_BYTES,
    onEvent: (event) => events.push(event),
    onError: (error) => events.push(...eventsOf(error)),
  });
  for (let isOpen = true; isOpen;) {
    const bytes = await read();
    isOpen = bytes !== undefined;
    parser.feed(utf8.decode(bytes, { stream: isOpen }) + (isOpen ? "" : END));
    for (const { event, data } of events.splice(0)) {
      const text = data.trim();
      if (text === DONE) return true;
      if (text !== "" && !SIGN_OF_LIFE.test(text)) yield valueOf(event, text);
    }
  }
  return false;
}

/** The events in what the package objects to. It drops a line of errors that arrives in pieces: the body's beginning then tells of it. */
function eventsOf({ type, field, value = "" }: ParseError): EventSourceMessage[] {
  if (type === "max-buffer-size-exceeded") return [{ data: TOO_LONG }];
  return field === ERROR && value.startsWith("{") ? [{ event: ERROR, data: value }] : [];
}

function valueOf(name: string | undefined, data: string): unknown {
  const value = parse(data);
  if (name === ERROR) throw new StreamedError(errorOf(value ?? data));
  if (value === undefined) throw new GarbledStreamError(data);
  if (isPlainObject(value) && value.error) throw new StreamedError(errorOf(value));
  return value;
}

/** The error of an event, or all of the event where something stands beside an error that is a word. */
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
