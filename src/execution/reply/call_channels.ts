/**
 * Joins the two ways in which a reply's calls may come: as tool calls, and written into its text.
 *
 * @module
 */

import type { ToolDefinition } from "../model.ts";
import type { ToolCallEvent } from "./answer_writer.ts";
import { ToolCallReader } from "./tool_call_reader.ts";
import { TOOLS } from "./tools.ts";

/** The way in which a call came. */
export type CallChannel = "tools" | "text";

/** A call, as far as it has arrived. */
interface ArrivedCall {
  name: string;
  json: string;
  events: ToolCallEvent[];
}

/**
 * Passes calls on, each once. Some servers leave a call in the text and send it as a tool call, too. The calls of the way that came
 * first are passed on at once. Those of the other way wait for the end of the reply, and are dropped if they repeat one.
 */
export class CallChannels {
  readonly #tools: readonly ToolDefinition[];
  #first: CallChannel | undefined;
  readonly #calls: Record<CallChannel, Map<number, ArrivedCall>> = { tools: new Map(), text: new Map() };

  /** @param tools the tools that may be called. Default: the five */
  constructor(tools = TOOLS) {
    this.#tools = tools;
  }

  /** The way in which the first call came. */
  get first(): CallChannel | undefined {
    return this.#first;
  }

  /** Takes an event; returns what is to be done now. */
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

  /** Ends the reply; returns the events of the calls that waited and repeat none. */
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

/** What a call says, however its name and its arguments are written. */
function contentOfCall({ name, json }: ArrivedCall, tools: readonly ToolDefinition[]): string {
  const reader = new ToolCallReader(name, tools);
  reader.write(json);
  try {
    return JSON.stringify([reader.tool, reader.end()]);
  } catch {
    return JSON.stringify([name, json]);
  }
}
