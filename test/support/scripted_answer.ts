/**
 * The steps of a scripted model's answer.
 *
 * @module
 */

import type { JsonValue } from "../../src/media/json_value.ts";

/** One step of an answer. */
export type Step =
  /** Sends one `data:` event with this chunk of a chat completion. */
  | { type: "chunk"; chunk: JsonValue }
  /** Starts a tool call. Its arguments follow as `piece` steps. */
  | { type: "call"; name: string; id?: string }
  /** Sends a piece of the arguments of the latest call, or of call `index`. */
  | { type: "piece"; text: string; index?: number }
  /** Sends these bytes unchanged. */
  | { type: "raw"; bytes: string | Uint8Array<ArrayBuffer> }
  /** Waits until the test opens the gate with this name. */
  | { type: "gate"; name: string }
  /**
   * Waits until this time after the end of the previous wait, so that a paced stream does not drift. For benchmarks.
   */
  | { type: "delay"; ms: number }
  /** Cuts the connection in the middle of the response. */
  | { type: "cut" };

/** The steps that send content. The others affect the connection. */
export type SpokenStep = Extract<Step, { type: "chunk" | "call" | "piece" | "raw" }>;

/** Returns a tool call that arrives in one chunk. */
export function call(name: string, args: { [key: string]: JsonValue }): Step[] {
  return callInPieces(name, [JSON.stringify(args)]);
}

/** Returns a tool call whose arguments, a JSON text, arrive in exactly these pieces. */
export function callInPieces(name: string, pieces: string[]): Step[] {
  return [{ type: "call", name }, ...pieces.map((text): Step => ({ type: "piece", text }))];
}

/**
 * Returns a tool call that arrives at a steady pace, four characters (about a token) at a time.
 *
 * @param msPerPiece the time between two pieces, in milliseconds
 */
export function pacedCall(name: string, args: { [key: string]: JsonValue }, msPerPiece: number): Step[] {
  const pieces = JSON.stringify(args).match(/[^]{1,4}/g) ?? [];
  return [
    { type: "call", name },
    ...pieces.flatMap((text): Step[] => [{ type: "delay", ms: msPerPiece }, { type: "piece", text }]),
  ];
}

/** Returns a call of `stdout`. */
export const stdout = (text: string): Step[] => call("stdout", { text });

/** Returns a call of `stderr`. */
export const stderr = (text: string): Step[] => call("stderr", { text });

/** Returns a call of `execute_result` with a `text/plain` or a whole bundle. */
export function result(data: string | { [mimeType: string]: JsonValue }): Step[] {
  return call("execute_result", { data: typeof data === "string" ? { "text/plain": data } : data });
}

/** Returns a call of `display`. */
export function display(data: { [mimeType: string]: JsonValue }, metadata?: { [key: string]: JsonValue }): Step[] {
  return call("display", metadata === undefined ? { data } : { data, metadata });
}

/** Returns a call of `error`. */
export function error(ename: string, evalue: string, traceback: JsonValue = [`${ename}: ${evalue}`]): Step[] {
  return call("error", { ename, evalue, traceback });
}

/** Returns a piece of plain text. */
export const text = (content: string): Step[] => [choice({ content })];

/** Returns a chunk with exactly this `delta`. */
export const delta = (value: JsonValue): Step[] => [choice(value)];

/** Returns the chunk with the finish reason. */
export const finish = (reason = "stop"): Step[] => [choice({}, reason)];

/** Returns the chunk with the usage, which has no choices. */
export function usage(input = 10, output = 5, cachedInput = 0): Step[] {
  const prompt_tokens_details = { cached_tokens: cachedInput };
  return [{
    type: "chunk",
    chunk: chunkOf([], { prompt_tokens: input, completion_tokens: output, prompt_tokens_details }),
  }];
}

/** Returns an error instead of a chunk. */
export const streamedError = (value: JsonValue): Step[] => [{ type: "chunk", chunk: { error: value } }];

/** Returns the end of the event stream: `[DONE]`. */
export const done = (): Step[] => raw("data: [DONE]\n\n");

/** Sends exactly these bytes, such as an invalid event, a comment, or half a line. */
export const raw = (bytes: string | Uint8Array<ArrayBuffer>): Step[] => [{ type: "raw", bytes }];

/** Waits for the test: `await server.reached(name)`, then `server.open(name)`. */
export const gate = (name: string): Step[] => [{ type: "gate", name }];

/** Waits for a time in milliseconds. For benchmarks; tests use {@linkcode gate}. */
export const delay = (ms: number): Step[] => [{ type: "delay", ms }];

/** Cuts the connection. */
export const cut = (): Step[] => [{ type: "cut" }];

/** Returns a whole answer: these steps, the finish reason, the usage and `[DONE]`. */
export function answer(...steps: Step[][]): Step[] {
  const called = steps.flat().some((step) => step.type === "call");
  return [...steps.flat(), ...finish(called ? "tool_calls" : "stop"), ...usage(), ...done()];
}

/** Wraps a list of choices as a chunk. */
export function chunkOf(choices: JsonValue[], cost: JsonValue = null): JsonValue {
  return { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "scripted", choices, usage: cost };
}

function choice(value: JsonValue, finishReason: string | null = null): Step {
  return { type: "chunk", chunk: chunkOf([{ index: 0, delta: value, finish_reason: finishReason }]) };
}
