/**
 * A model server that writes at a steady pace, streamed or at once as requested, and records its times.
 *
 * @module
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { RequestRules, type RequestRulesOptions } from "../../test/support/request_rules.ts";
import { chunkOf, type SpokenStep } from "../../test/support/scripted_answer.ts";
import { type ScriptedInterface, scriptedInterface } from "../../test/support/scripted_interface.ts";

export interface Pace {
  /** The time to the first token, in milliseconds. */
  firstTokenMs: number;
  tokensPerSecond: number;
}

export interface ModelCall {
  name: string;
  /** The arguments, as JSON. */
  args: string;
}

/** A piece of arguments, about a token. */
export interface Piece {
  /** The time when it was written, in milliseconds of `performance.now()`. */
  at: number;
  text: string;
}

export interface ModelExchange {
  /** The time when the request had arrived, in milliseconds of `performance.now()`. */
  arrivedAt: number;
  /** The length of its tools and messages, in characters. */
  characters: number;
  /** The pieces of its calls' arguments; a single piece if the answer was not streamed. */
  pieces: Piece[];
  /** The time when the answer was complete; `NaN` until then. */
  endedAt: number;
}

/** Four characters are about a token. */
const TOKEN = /[^]{1,4}/g;

/** Counts the tokens of some pieces. */
export function tokensOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + cut(text).length, 0);
}

const cut = (text: string) => text.match(TOKEN) ?? [];

export class PacedModel implements AsyncDisposable {
  /** The base URL for a client: `http://127.0.0.1:PORT/v1`. */
  readonly baseUrl: string;
  readonly exchanges: ModelExchange[] = [];
  readonly #server: Server;
  readonly #pace: Pace;
  readonly #callFor: (cell: string) => ModelCall;
  readonly #rules: RequestRules;

  private constructor(
    server: Server,
    pace: Pace,
    callFor: (cell: string) => ModelCall,
    options: Pick<RequestRulesOptions, "rules">,
  ) {
    this.#rules = new RequestRules(options);
    this.#server = server;
    this.#pace = pace;
    this.#callFor = callFor;
    this.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    server.on("request", (request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /**
   * @param callFor returns the call that answers a cell, by the text of the cell's turn
   * @param options the family whose rules requests must follow. If a request breaks them, disposing of the server
   *   throws
   */
  static async start(
    pace: Pace,
    callFor: (cell: string) => ModelCall,
    options: Pick<RequestRulesOptions, "rules"> = {},
  ): Promise<PacedModel> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new PacedModel(server, pace, callFor, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    this.#rules.end();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await readText(request));
    this.#rules.check({ number: this.exchanges.length, path: request.url ?? "", body });
    const { stream, tools, messages = body.input } = body;
    const characters = JSON.stringify([tools, messages]).length;
    const exchange: ModelExchange = { arrivedAt: performance.now(), characters, pieces: [], endedAt: NaN };
    this.exchanges.push(exchange);
    const last = messages.at(-1);
    // A request with the answers to the calls gets the reply that there are no more calls.
    const isAnswered = last.role === "tool" || last.type === "function_call_output";
    const call = isAnswered ? undefined : this.#callFor(last.content);
    if (stream === true) await this.#stream(exchange, call, scriptedInterface(request.url ?? "", 0, []), response);
    else await this.#reply(exchange, call, response);
    exchange.endedAt = performance.now();
  }

  async #stream(
    exchange: ModelExchange,
    call: ModelCall | undefined,
    answer: ScriptedInterface,
    response: ServerResponse,
  ): Promise<void> {
    const write = (step: SpokenStep) => response.write(answer.write(step));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    let due = exchange.arrivedAt + this.#pace.firstTokenMs;
    await until(due);
    if (call !== undefined) write({ type: "call", name: call.name });
    for (const text of cut(call?.args ?? "")) {
      due += 1_000 / this.#pace.tokensPerSecond;
      await until(due);
      exchange.pieces.push({ at: performance.now(), text });
      write({ type: "piece", text });
    }
    const finish_reason = call === undefined ? "stop" : "tool_calls";
    write({ type: "chunk", chunk: chunkOf([{ index: 0, delta: {}, finish_reason }]) });
    write({ type: "raw", bytes: "data: [DONE]\n\n" });
    response.end();
  }

  async #reply(exchange: ModelExchange, call: ModelCall | undefined, response: ServerResponse): Promise<void> {
    const { firstTokenMs, tokensPerSecond } = this.#pace;
    const tokens = cut(call?.args ?? "").length;
    await until(exchange.arrivedAt + firstTokenMs + 1_000 * tokens / tokensPerSecond);
    const tool_calls = call === undefined
      ? []
      : [{ id: "call_0", type: "function", function: { name: call.name, arguments: call.args } }];
    if (call !== undefined) exchange.pieces.push({ at: performance.now(), text: call.args });
    const message = { role: "assistant", content: null, ...tool_calls.length > 0 && { tool_calls } };
    const finish_reason = call === undefined ? "stop" : "tool_calls";
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: "chatcmpl-1", choices: [{ index: 0, message, finish_reason }] }));
  }
}

/** Waits until a time of `performance.now()`, so that a paced answer does not drift. */
async function until(time: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
}
