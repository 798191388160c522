/**
 * Merges the two channels of a reply's calls: tool calls, and calls in the text.
 *
 * @module
 */

import type { ToolDefinition } from "../model.ts";
import type { ToolCallEvent } from "./answer_writer.ts";
import { ToolCallReader } from "./tool_call_reader.ts";
import { TOOLS } from "./tools.ts";

/** The channel in which a call arrived. */
export type CallChannel = "tools" | "text";

interface ArrivedCall {
  name: string;
  json: string;
  events: ToolCallEvent[];
}

/**
 * Forwards each call once. Some servers leave a call in the text and also send it as a tool call. Calls of the channel that was
 * used first are forwarded immediately. Calls of the other channel are held back until the end of the reply, and dropped if they
 * repeat a forwarded call.
 */
export class CallChannels {
  readonly #tools: readonly ToolDefinition[];
  #first: CallChannel | undefined;
  readonly #calls: Record<CallChannel, Map<number, ArrivedCall>> = { tools: new Map(), text: new Map() };

  /** @param tools the tools that may be called. Default: the five output tools */
  constructor(tools = TOOLS) {
    this.#tools = tools;
  }

  /** The channel of the first call. */
  get first(): CallChannel | undefined {
    return this.#first;
  }

  /** Handles an event. Returns the events that can be carried out now. */
  take(channel: CallChannel, event: ToolCallEvent): ToolCallEvent[] {
    this.#first ??= channel;
    const calls = this.#calls[channel];
    if (event.type === "tool_call") calls.set(event.index, { name: event.name, json: "", events: [] });
    const call = calls.get(event.index);
    if (call !== undefined && event.type === "tool_call_delta") call.json += event.delta;
    if (channel === this.#first) return [event];
    call?.events.push(event);
    return [];
  }

  /** Ends the reply. Returns the events of the calls that were held back and do not repeat a forwarded call. */
  end(): ToolCallEvent[] {
    if (this.#first === undefined) return [];
    const [passed, waiting] = this.#first === "tools" ? ["tools", "text"] as const : ["text", "tools"] as const;
    const repeated = [...this.#calls[waiting].values()];
    if (repeated.length === 0) return [];
    const contentOf = (call: ArrivedCall) => contentOfCall(call, this.#tools);
    const known = new Set([...this.#calls[passed].values()].map(contentOf));
    return repeated.flatMap((call) => known.has(contentOf(call)) ? [] : call.events);
  }
}

/** Returns a canonical text of a call's name and arguments. */
function contentOfCall({ name, json }: ArrivedCall, tools: readonly ToolDefinition[]): string {
  const reader = new ToolCallReader(name, tools);
  reader.write(json);
  try {
    return JSON.stringify([reader.tool, reader.end()]);
  } catch {
    return JSON.stringify([name, json]);
  }
}
