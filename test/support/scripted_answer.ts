/**
 * The steps that a scripted model's answer is made of.
 *
 * @module
 */

import type { JsonValue } from "../../src/media/json_value.ts";

/** One step of an answer. */
export type Step =
  /** Sends one `data:` event with this chunk of a chat completion. */
  | { type: "chunk"; chunk: JsonValue }
  /** Begins a tool call; its arguments follow as `piece` steps. */
  | { type: "call"; name: string; id?: string }
  /** Sends a piece of the arguments of the call that was begun last, or of call `index`. */
  | { type: "piece"; text: string; index?: number }
  /** Sends these bytes as they are. */
  | { type: "raw"; bytes: string | Uint8Array<ArrayBuffer> }
  /** Waits until the test opens the gate of this name. */
  | { type: "gate"; name: string }
  /** Waits until this long after the wait before it ended, so that a paced stream does not drift. For benches. */
  | { type: "delay"; ms: number }
  /** Breaks the connection, in the middle of the response. */
  | { type: "cut" };

/** The steps that say something; the others are about the connection. */
export type SpokenStep = Extract<Step, { type: "chunk" | "call" | "piece" | "raw" }>;

/** A tool call that arrives in one chunk. */
export function call(name: string, args: { [key: string]: JsonValue }): Step[] {
  return callInPieces(name, [JSON.stringify(args)]);
}

/** A tool call whose arguments, a JSON text, arrive in just these pieces. */
export function callInPieces(name: string, pieces: string[]): Step[] {
  return [{ type: "call", name }, ...pieces.map((text): Step => ({ type: "piece", text }))];
}

/**
 * A tool call that a model writes at a steady pace, four characters (about a token) at a time.
 *
 * @param msPerPiece milliseconds between two pieces
 */
export function pacedCall(name: string, args: { [key: string]: JsonValue }, msPerPiece: number): Step[] {
  const pieces = JSON.stringify(args).match(/[^]{1,4}/g) ?? [];
  return [
    { type: "call", name },
    ...pieces.flatMap((text): Step[] => [{ type: "delay", ms: msPerPiece }, { type: "piece", text }]),
  ];
}

/** A call of `stdout`. */
export const stdout = (text: string): Step[] => call("stdout", { text });

/** A call of `stderr`. */
export const stderr = (text: string): Step[] => call("stderr", { text });

/** A call of `execute_result`: with this `text/plain`, or with a whole bundle. */
export function result(data: string | { [mimeType: string]: JsonValue }): Step[] {
  return call("execute_result", { data: typeof data === "string" ? { "text/plain": data } : data });
}

/** A call of `display`. */
export function display(data: { [mimeType: string]: JsonValue }, metadata?: { [key: string]: JsonValue }): Step[] {
  return call("display", metadata === undefined ? { data } : { data, metadata });
}

/** A call of `error`. */
export function error(ename: string, evalue: string, traceback: JsonValue = [`${ename}: ${evalue}`]): Step[] {
  return call("error", { ename, evalue, traceback });
}

/** A piece of plain text. */
export const text = (content: string): Step[] => [choice({ content })];

/** A chunk with this `delta`, just as given. */
export const delta = (value: JsonValue): Step[] => [choice(value)];

/** The chunk with the finish reason. */
export const finish = (reason = "stop"): Step[] => [choice({}, reason)];

/** The chunk with the cost, which has no choices. */
export function usage(input = 10, output = 5, cachedInput = 0): Step[] {
  const prompt_tokens_details = { cached_tokens: cachedInput };
  return [{
    type: "chunk",
    chunk: chunkOf([], { prompt_tokens: input, completion_tokens: output, prompt_tokens_details }),
  }];
}

/** An error in place of a chunk. */
export const streamedError = (value: JsonValue): Step[] => [{ type: "chunk", chunk: { error: value } }];

/** The end of the event stream: `[DONE]`. */
export const done = (): Step[] => raw("data: [DONE]\n\n");

/** Bytes just as given: a broken event, a comment, half a line. */
export const raw = (bytes: string | Uint8Array<ArrayBuffer>): Step[] => [{ type: "raw", bytes }];

/** Waits for the test: `await server.reached(name)`, then `server.open(name)`. */
export const gate = (name: string): Step[] => [{ type: "gate", name }];

/** Waits for a time, in milliseconds. For benches: tests use {@linkcode gate}. */
export const delay = (ms: number): Step[] => [{ type: "delay", ms }];

/** Breaks the connection. */
export const cut = (): Step[] => [{ type: "cut" }];

/** A whole answer with these steps: they are followed by the finish reason, the cost and `[DONE]`. */
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
