/**
 * A small client of the offline model for the tests.
 *
 * @module
 */

import type { JsonValue } from "../../../src/media/json_value.ts";
import type { OfflineModel } from "../../../stack/offline_model/offline_model.ts";
import type { ToolCallDelta } from "../../../stack/offline_model/tool_call_writer.ts";
import { TOOLS } from "../../../src/execution/reply/tools.ts";
import { formatCellTurn } from "../../../src/execution/prompt/cell_turn.ts";

/** The fields of a chunk that the tests check. */
export interface Chunk {
  id: string;
  object: string;
  created: number;
  model: string;
  choices: {
    index: number;
    delta: { role?: string; content?: string | null; tool_calls?: ToolCallDelta[] };
    finish_reason: string | null;
  }[];
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null;
}

/** A tool call with parsed arguments. */
export interface Call {
  name: string;
  arguments: { [key: string]: JsonValue };
}

/** The fields of a request besides its cells. */
export interface AskOptions {
  /** The namespace, as `prompt_cache_key`. */
  key?: string;
  /** Aborts the request. */
  signal?: AbortSignal;
  /** Further fields of the body. */
  fields?: Record<string, unknown>;
  /** The execution count of the first cell. Default: 1. */
  from?: number;
}

/** The tools of a request. Without them the model writes calls as text. */
export const tools = TOOLS.map((tool) => ({ type: "function", function: tool }));

/** Returns the body of a request that runs the last of these cells. */
export function body(cells: string[], { key, fields, from = 1 }: AskOptions = {}): Record<string, unknown> {
  const messages = cells.map((code, index) => ({
    role: "user",
    content: formatCellTurn({ executionCount: from + index, code }),
  }));
  return { model: "test", stream: true, prompt_cache_key: key, messages, tools, ...fields };
}

/** Returns the headers of a request with a body. */
export function headersOf({ apiKey }: Pick<OfflineModel, "apiKey">): Record<string, string> {
  return { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
}

/** Sends a body. A string is sent as it is. */
export async function post(model: OfflineModel, body: unknown, signal?: AbortSignal): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return await fetch(`${model.url}/chat/completions`, {
    method: "POST",
    headers: headersOf(model),
    body: text,
    signal,
  });
}

/** Sends cells and yields the data of the answer's events as text. */
export async function* events(model: OfflineModel, cells: string[], options: AskOptions = {}): AsyncGenerator<string> {
  const response = await post(model, body(cells, options), options.signal);
  if (!response.ok) throw new Error(await response.text());
  let rest = "";
  for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n\n");
    rest = parts.pop()!;
    for (const part of parts) yield part.replace(/^data: /, "");
  }
}

/** Runs the last of these cells and returns the calls that describe it. */
export async function ask(model: OfflineModel, cells: string[], options: AskOptions = {}): Promise<Call[]> {
  const calls: { name: string; text: string }[] = [];
  for await (const data of events(model, cells, options)) {
    if (data === "[DONE]") continue;
    const chunk: Chunk = JSON.parse(data);
    for (const delta of chunk.choices[0]?.delta.tool_calls ?? []) {
      if (delta.id !== undefined) calls.push({ name: delta.function.name!, text: "" });
      calls[delta.index].text += delta.function.arguments;
    }
  }
  return calls.map(({ name, text }) => ({ name, arguments: JSON.parse(text) }));
}

/** Runs a cell until a delta with this text has arrived, then hangs up. */
export async function hangUpAfter(model: OfflineModel, text: string, cells: string[], key: string): Promise<void> {
  const controller = new AbortController();
  try {
    for await (const data of events(model, cells, { key, signal: controller.signal })) {
      if (data.includes(text)) controller.abort();
    }
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  }
}

/** Returns the call that shows a value as text. */
export function result(text: string): Call {
  return { name: "execute_result", arguments: { data: { "text/plain": text } } };
}

/** Returns the call that reports the wrong use of a magic. */
export function misused(message: string): Call {
  const ename = "UsageError";
  return { name: "error", arguments: { ename, evalue: message, traceback: [`${ename}: ${message}`] } };
}

/** Returns the call that writes to a stream. */
export function written(name: "stdout" | "stderr", text: string): Call {
  return { name, arguments: { text } };
}
