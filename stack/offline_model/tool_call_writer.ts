/**
 * Writes a cell's outputs as the tool calls of a model that streams its answer.
 *
 * @module
 */

import { cutText } from "../../src/surrogate_pair.ts";
import type { PythonEvent } from "./protocol.ts";

/** One entry of `delta.tool_calls`, as OpenAI streams it: a call's head, or a piece of its arguments. */
export interface ToolCallDelta {
  index: number;
  id?: string;
  type?: "function";
  function: { name?: string; arguments: string };
}

/** A whole call, as in an answer that is not streamed. */
export interface WrittenToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

/**
 * The most characters of arguments in one delta. A real model's deltas have one token; this only limits the size of a
 * chunk.
 */
const MAX_DELTA = 4096;

/** Turns events into deltas. Consecutive writes to the same stream become one call. */
export class ToolCallWriter {
  readonly #newId: () => string;
  readonly #calls: WrittenToolCall[] = [];
  #openStream?: string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** The calls written so far. */
  get calls(): readonly WrittenToolCall[] {
    return this.#calls;
  }

  write(events: readonly PythonEvent[]): ToolCallDelta[] {
    const deltas: ToolCallDelta[] = [];
    for (const event of joinStreams(events)) {
      if (event.type === "stream") {
        if (this.#openStream !== event.name) {
          deltas.push(...this.end(), this.#begin(event.name), ...this.#pieces('{"text":"'));
          this.#openStream = event.name;
        }
        deltas.push(...this.#pieces(JSON.stringify(event.text).slice(1, -1)));
      } else {
        deltas.push(...this.end(), this.#begin(event.name), ...this.#pieces(JSON.stringify(event.arguments)));
      }
    }
    return deltas;
  }

  /** Closes the open call, if any. */
  end(): ToolCallDelta[] {
    if (this.#openStream === undefined) return [];
    this.#openStream = undefined;
    return this.#pieces('"}');
  }

  #begin(name: string): ToolCallDelta {
    const call: WrittenToolCall = { id: this.#newId(), type: "function", function: { name, arguments: "" } };
    this.#calls.push(call);
    return { index: this.#calls.length - 1, ...call, function: { ...call.function } };
  }

  #pieces(text: string): ToolCallDelta[] {
    const index = this.#calls.length - 1;
    this.#calls[index].function.arguments += text;
    return [...cutText(text, MAX_DELTA)].map((piece) => ({ index, function: { arguments: piece } }));
  }
}

function joinStreams(events: readonly PythonEvent[]): PythonEvent[] {
  const joined: PythonEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.type === "stream" && last?.type === "stream" && last.name === event.name) {
      joined[joined.length - 1] = { ...last, text: last.text + event.text };
    } else {
      joined.push(event);
    }
  }
  return joined;
}
