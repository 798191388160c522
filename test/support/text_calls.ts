/**
 * Reads replies with calls written as text, in any pieces.
 *
 * @module
 */

import type { JsonValue } from "../../src/media/json_value.ts";
import { ToolCallReader } from "../../src/execution/reply/tool_call_reader.ts";
import { TextCallReader, type TextCallReaderOptions } from "../../src/execution/reply/text_call_reader.ts";

/** A call with its arguments as an object. */
export interface PlainCall {
  name: string;
  args: { [key: string]: JsonValue };
}

/** The calls and the prose that were read. */
export interface Reading {
  /** The calls, each with the JSON text of its arguments. */
  calls: { name: string; json: string }[];
  /** The prose. */
  text: string;
}

/** Reads a reply that arrives in these pieces. */
export function readPieces(pieces: readonly string[], options?: TextCallReaderOptions): Reading {
  const reader = new TextCallReader(options);
  const found: Reading = { calls: [], text: "" };
  for (const event of [...pieces.flatMap((piece) => reader.write(piece)), ...reader.end()]) {
    if (event.type === "text") found.text += event.delta;
    else if (event.type === "tool_call") found.calls[event.index] = { name: event.name, json: "" };
    else found.calls[event.index].json += event.delta;
  }
  return found;
}

/** Returns the calls of a reading with their arguments parsed as they are for execution. */
export function parseCalls({ calls }: Reading): PlainCall[] {
  return calls.map(({ name, json }) => {
    const reader = new ToolCallReader(name);
    reader.write(json);
    return { name, args: reader.end() };
  });
}

/** Cuts a text in two at each of its bytes, and decodes the parts as those of a server. */
export function* cutAtEveryByte(text: string): Generator<string[]> {
  const bytes = new TextEncoder().encode(text);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    yield [decoder.decode(bytes.subarray(0, cut), { stream: true }), decoder.decode(bytes.subarray(cut))];
  }
}

/** Cuts a text into pieces of this length. */
export function cutEvery(text: string, length: number): string[] {
  return Array.from(
    { length: Math.ceil(text.length / length) },
    (_, index) => text.slice(index * length, (index + 1) * length),
  );
}
