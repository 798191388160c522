/**
 * A model server with scripted answers, as chat completions or through OpenAI's Responses interface. It is a real HTTP
 * server on loopback that can pace, split and break its answers.
 *
 * @module
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { Refusal } from "../../stack/strict_model/chat_request.ts";
import { type EndlessAnswer, sendWithoutEnd } from "./endless_server.ts";
import { RequestRules, type RequestRulesOptions } from "./request_rules.ts";
import { encode, sendPlain, sleep } from "./response_steps.ts";
import type { Step } from "./scripted_answer.ts";
import { scriptedInterface } from "./scripted_interface.ts";
import { Signposts } from "./signposts.ts";

/** A request that the server has received. */
export interface RecordedRequest {
  /** Its number, from 0. */
  number: number;
  method: string;
  /** Its path, such as `/v1/chat/completions`. */
  path: string;
  /** Its headers, by name in lower case. */
  headers: IncomingMessage["headers"];
  /** Its JSON body. */
  // deno-lint-ignore no-explicit-any -- a test reads whatever fields it expects
  body: any;
  /** The client's port, which is the same for two requests on one connection. */
  clientPort: number;
}

/** A response that is not streamed, such as an HTTP error or a web page. */
export interface PlainResponse {
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent unchanged, and other values as JSON. */
  body?: unknown;
}

/** The server's answer: the steps of an event stream, a plain response, or an endless response. */
export type Script = Step[] | PlainResponse | EndlessAnswer;

/**
 * A script for every request, or a function that returns a script for each. The headers are sent when the function's
 * promise resolves.
 */
export type ScriptSource = Script | ((request: RecordedRequest) => Script | Promise<Script>);

/** The form of the server's writes, and the rules for requests. */
export interface ScriptedModelOptions extends RequestRulesOptions {
  /** Splits the response into writes of this many bytes, so that events, lines and characters may break anywhere. */
  bytesPerWrite?: number;
  /** Answers requests for the list of models, which are recorded separately. Default: 404. */
  models?: PlainResponse | ((request: RecordedRequest) => PlainResponse | Promise<PlainResponse>);
}

/**
 * Starts a scripted model server.
 *
 * It uses `node:http`, because `Deno.serve` does not notice that a client disconnects before the response has started
 * if the request was longer than half a kilobyte.
 *
 * @example
 * ```ts
 * await using server = await startScriptedModel([...stdout("a\n"), ...gate("half"), ...answer(result("6"))]);
 * // point a model at server.baseUrl, run a cell, then:
 * await server.reached("half"); // the model server has written "a\n" and waits
 * server.open("half");
 * ```
 */
export async function startScriptedModel(
  source: ScriptSource,
  options: ScriptedModelOptions = {},
): Promise<ScriptedModelServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new ScriptedModelServer(server, source, options);
}

/** Returns a source that uses these scripts in turn, and the last one for all further requests. */
export function inTurn(...scripts: Script[]): (request: RecordedRequest) => Script {
  return (request) => scripts[Math.min(request.number, scripts.length - 1)];
}

/** A running scripted model server. Stop it with `await using` or {@linkcode ScriptedModelServer.stop}. */
export class ScriptedModelServer implements AsyncDisposable {
  /** The base URL for a client: `http://127.0.0.1:PORT/v1`. */
  readonly baseUrl: string;
  /** Its host and port. */
  readonly host: string;
  /** All requests for completions so far, in order of arrival. */
  readonly requests: RecordedRequest[] = [];
  /** All requests for the list of models so far. */
  readonly listings: RecordedRequest[] = [];
  /** All requests that a strict server rejected so far, in order of arrival. They do not use the script. */
  readonly refusals: { request: RecordedRequest; refusal: Refusal }[] = [];
  readonly #server: Server;
  readonly #source: ScriptSource;
  readonly #options: ScriptedModelOptions;
  readonly #rules: RequestRules;
  readonly #arrived = new Signposts<RecordedRequest>();
  readonly #reached = new Signposts();
  readonly #opened = new Signposts();
  readonly #disconnected = new Signposts();

  /** @param server a listening server without handlers */
  constructor(server: Server, source: ScriptSource, options: ScriptedModelOptions) {
    this.#server = server;
    this.#source = source;
    this.#options = options;
    this.#rules = new RequestRules(options);
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.baseUrl = `http://${this.host}/v1`;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Resolves with the request of this number, counted from 0, when it has arrived. */
  request(number: number): Promise<RecordedRequest> {
    return this.#arrived.reached(String(number));
  }

  /** Resolves when an answer has reached the gate with this name. Everything before the gate has been written. */
  reached(gate: string): Promise<void> {
    return this.#reached.reached(gate);
  }

  /** Opens a gate permanently. It may be opened before it is reached. */
  open(gate: string): void {
    this.#opened.reach(gate);
  }

  /** Resolves when the client has closed the connection of this request before the end of its answer. */
  disconnected(number: number): Promise<void> {
    return this.#disconnected.reached(String(number));
  }

  /**
   * Stops the server and aborts unfinished answers.
   *
   * @throws {Error} a request violated the rules
   */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    this.#rules.end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isListing = request.method === "GET";
    const text = isListing ? "" : await readText(request);
    const kind = isListing ? this.listings : this.requests;
    const number = kind.length;
    const recorded: RecordedRequest = {
      number,
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
      clientPort: request.socket.remotePort ?? 0,
    };
    const refusal = this.#rules.check(recorded);
    if (refusal !== undefined) {
      this.refusals.push({ request: recorded, refusal });
      return sendPlain(refusal, response);
    }
    kind.push(recorded);
    if (isListing) return sendPlain(await this.#list(recorded), response);
    const gone = Promise.withResolvers<never>();
    gone.promise.catch(() => {});
    response.on("close", () => {
      gone.reject(new Error("The client has left"));
      if (!response.writableFinished) this.#disconnected.reach(String(number));
    });
    this.#arrived.reach(String(number), recorded);
    const { promise: left } = gone;
    const script = await Promise.race([
      typeof this.#source === "function" ? this.#source(recorded) : this.#source,
      left,
    ]);
    if (Array.isArray(script)) await this.#play(script, recorded, response, left);
    else if ("piece" in script) await sendWithoutEnd(response, script);
    else sendPlain(script, response);
  }

  #list(request: RecordedRequest): PlainResponse | Promise<PlainResponse> {
    const { models = { status: 404 } } = this.#options;
    return typeof models === "function" ? models(request) : models;
  }

  /** Sends an answer's steps. `left` rejects when the client has disconnected. */
  async #play(
    steps: Step[],
    { number, path }: RecordedRequest,
    response: ServerResponse,
    left: Promise<never>,
  ): Promise<void> {
    response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": `req_${number}` });
    response.flushHeaders();
    const answer = scriptedInterface(path, number, steps);
    let due = performance.now();
    for (const step of steps) {
      switch (step.type) {
        case "gate":
          this.#reached.reach(step.name);
          await Promise.race([this.#opened.reached(step.name), left]);
          due = performance.now();
          break;
        case "delay":
          due += step.ms;
          await sleep(due - performance.now(), left);
          break;
        case "cut":
          response.socket?.destroy();
          return;
        default: {
          const sent = answer.write(step);
          await this.#write(response, typeof sent === "string" ? encode(sent) : sent, left);
        }
      }
    }
    response.end();
  }

  async #write(response: ServerResponse, bytes: Uint8Array, left: Promise<never>): Promise<void> {
    const size = this.#options.bytesPerWrite ?? bytes.length;
    for (let start = 0; start < bytes.length; start += size) {
      const { promise, resolve } = Promise.withResolvers<void>();
      response.write(bytes.subarray(start, start + size), () => resolve());
      await Promise.race([promise, left]);
    }
  }
}
