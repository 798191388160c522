/**
 * The HTTP side of the offline model: OpenAI's API, as far as an agent needs it.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ApiError } from "./api_error.ts";
import { AnswerStream, wholeAnswer } from "./completion_answer.ts";
import { type CompletionRequest, readCompletionRequest } from "./completion_request.ts";
import type { Kernel } from "./kernel.ts";
import { ToolCallWriter } from "./tool_call_writer.ts";
import { UsageMeter } from "./usage.ts";

/** What the server needs from outside. */
export interface ChatServerOptions {
  /** Runs the cells. */
  kernel: Kernel;
  /** Makes the part of an id that is unique. */
  newId: () => string;
  /** Tells when an answer was made. */
  clock: Pick<Clock, "date">;
}

/** The name under which the model is listed. Requests may use any. */
export const MODEL_NAME = "offline-python";

/** Bytes of a request's body: more than the longest conversation a real model would take. */
const MAX_BODY = 32 * 1024 * 1024;

/** Makes the server; the caller listens and closes. */
export function createChatServer(options: ChatServerOptions): Server {
  const meter = new UsageMeter();
  return createServer((request, response) => {
    response.setHeader("x-request-id", `req_${options.newId()}`);
    route(request, response, options, meter).catch((error) => sendError(response, error));
  });
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  options: ChatServerOptions,
  meter: UsageMeter,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const method = { "/v1/chat/completions": "POST", "/v1/models": "GET" }[path];
  if (method === undefined) {
    throw new ApiError(404, `Invalid URL (${request.method} ${path}). Expected /v1/chat/completions or /v1/models.`);
  }
  if (request.method !== method) {
    throw new ApiError(405, `Not allowed to ${request.method} on ${path}: expected ${method}.`);
  }
  if (method === "GET") {
    const created = Math.floor(options.clock.date().getTime() / 1000);
    sendJson(response, 200, {
      object: "list",
      data: [{ id: MODEL_NAME, object: "model", created, owned_by: "aipython" }],
    });
  } else {
    await complete(readCompletionRequest(await readBody(request)), response, options, meter);
  }
}

async function complete(
  request: CompletionRequest,
  response: ServerResponse,
  { kernel, newId, clock }: ChatServerOptions,
  meter: UsageMeter,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const identity = { id: `chatcmpl-${newId()}`, created: Math.floor(clock.date().getTime() / 1000) };
  const stream = new AnswerStream(request, identity);
  const writer = new ToolCallWriter(() => `call_${newId()}`);
  const { cell } = request;
  const batches = cell === undefined ? [[]] : kernel.run({ ...request, cell }, gone.signal);
  for await (const events of batches) {
    const deltas = writer.write(events);
    if (!request.stream || gone.signal.aborted) continue;
    if (!response.headersSent) {
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
      response.write(stream.begin());
    }
    if (deltas.length > 0) await write(response, stream.deltas(deltas), gone.signal);
  }
  if (gone.signal.aborted) return;
  const rest = writer.end();
  const answer = writer.calls.map((call) => call.function.arguments).join("");
  const usage = meter.count(request.key, request.prompt, answer);
  if (request.stream) response.end(stream.deltas(rest) + stream.end(writer.calls, usage));
  else sendJson(response, 200, wholeAnswer(request, identity, writer.calls, usage));
}

/** Writes, and waits while the client is slower than the cell; the cell then waits too. */
async function write(response: ServerResponse, text: string, gone: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, "drain", { signal: gone }).catch(() => {});
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new ApiError(413, `The body is too large: expected ${MAX_BODY} bytes at most.`);
    chunks.push(chunk);
  }
  return await new Blob(chunks as BlobPart[]).text();
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, error: Error): void {
  if (response.headersSent) response.destroy();
  else {
    const answer = error instanceof ApiError ? error : new ApiError(500, error.message, { cause: error });
    sendJson(response, answer.status, answer.toJSON());
  }
}
