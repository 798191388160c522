/**
 * Decodes an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html) whose events are JSON.
 *
 * @module
 */

import { isPlainObject } from "../media/json_value.ts";
import { GarbledStreamError, StreamedError } from "./stream_errors.ts";

/** The data of the event that ends a stream. */
const DONE = "[DONE]";

/** What some servers send as data while they are at work. */
const SIGN_OF_LIFE = /^\W*(?:ping|keep-?alive|heartbeat|processing)\W*$/i;

/** The name of an event that holds an error. llama.cpp had a line of this name instead until 2025. */
const ERROR = "error";

/** An event of a stream. */
interface ServerSentEvent {
  /** Its name; empty for most. */
  name: string;
  /** Its data, a line each. */
  data: string;
}

/**
 * Reads the events of a stream. Comments, events without data and signs of life are passed over.
 *
 * @param read reads the next bytes; nothing at the end
 * @returns the events, parsed; at last whether the stream has said that it is done
 * @throws {StreamedError} when an event is an error
 * @throws {GarbledStreamError} when an event is not JSON
 */
export async function* readEventStream(read: () => Promise<Uint8Array | undefined>): AsyncGenerator<unknown, boolean> {
  const utf8 = new TextDecoder();
  const decoder = new EventDecoder();
  for (let isOpen = true; isOpen;) {
    const bytes = await read();
    isOpen = bytes !== undefined;
    const text = utf8.decode(bytes, { stream: isOpen });
    for (const event of isOpen ? decoder.write(text) : [...decoder.write(text), ...decoder.end()]) {
      const data = event.data.trim();
      if (data === DONE) return true;
      if (data !== "" && !SIGN_OF_LIFE.test(data)) yield valueOf({ ...event, data });
    }
  }
  return false;
}

/** Cuts a text that arrives in pieces into events. */
class EventDecoder {
  #line = "";
  #name = "";
  #data: string[] = [];
  /** Whether the last piece ended with a carriage return, so that a line feed at the beginning of the next one belongs to it. */
  #isReturned = false;

  *write(text: string): Generator<ServerSentEvent> {
    if (text === "") return;
    const lines = (this.#isReturned && text.startsWith("\n") ? text.slice(1) : text).split(/\r\n|\r|\n/);
    this.#isReturned = text.endsWith("\r");
    lines[0] = this.#line + lines[0];
    this.#line = lines.pop()!;
    for (const line of lines) yield* this.#read(line);
  }

  /** Ends the last line and the last event, which servers may leave open. */
  *end(): Generator<ServerSentEvent> {
    const line = this.#line;
    this.#line = "";
    if (line !== "") yield* this.#read(line);
    yield* this.#read("");
  }

  *#read(line: string): Generator<ServerSentEvent> {
    if (line === "") {
      const event = { name: this.#name, data: this.#data.join("\n") };
      this.#name = "";
      this.#data = [];
      if (event.data !== "") yield event;
      return;
    }
    const [, field, value] = /^([^:]*):? ?([^]*)$/.exec(line)!;
    if (field === "data") this.#data.push(value);
    else if (field === "event") this.#name = value;
    else if (field === ERROR && value.startsWith("{")) yield { name: ERROR, data: value };
  }
}

function valueOf({ name, data }: ServerSentEvent): unknown {
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
