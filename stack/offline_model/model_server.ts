/**
 * The HTTP server of the offline model: the part of OpenAI's API that an agent needs.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type ModelFamily, toolCallId } from "../strict_model/family.ts";
import { contextListing } from "../strict_model/context_server.ts";
import { LLAMA_CONTEXT, llamaProps } from "../strict_model/llama_server.ts";
import { AnsweredCells } from "./answered_cells.ts";
import { ApiError } from "./api_error.ts";
import { CellAnswer } from "./cell_answer.ts";
import { chatCompletions } from "./chat_completions.ts";
import { cellsAsDescribed, cellsThatRan } from "./earlier_cells.ts";
import type { ContextWindow } from "./context_window.ts";
import { readJsonBody } from "./json_body.ts";
import type { Kernels } from "./kernels.ts";
import { type AnswerMaker, type AnswerRequest, hasCell, type ModelInterface } from "./model_request.ts";
import { NO_LANGUAGE_MODEL } from "./no_language_model.ts";
import type { RequestGuard } from "./request_guard.ts";
import { RecentMap } from "../../src/recent_map.ts";
import { responses } from "./responses.ts";
import { type TokenCounts, UsageMeter } from "./usage.ts";

export interface ModelServerOptions {
  guard: RequestGuard;
  kernels: Pick<Kernels, "run">;
  /**
   * The family whose servers it imitates in refusing requests. Default: OpenAI's, without the check that the
   * conversation contains all earlier answers.
   */
  strict?: ModelFamily;
  /** Whether the model knows of earlier cells only what the request contains. Default: it knows them as they ran. */
  forgetful?: boolean;
  /** The model's context window. Default: unlimited. */
  context?: ContextWindow;
  /** Makes the unique part of an id: 32 letters and digits. */
  newId: () => string;
  clock: Pick<Clock, "date">;
}

/** The name under which the model is listed. Requests may use any name. */
export const MODEL_NAME = "offline-python";

/** The interfaces, by their paths. */
const INTERFACES: Readonly<Record<string, ModelInterface>> = {
  "/v1/chat/completions": chatCompletions,
  "/v1/responses": responses,
};

/** The interfaces of servers other than OpenAI's. */
const OTHER_INTERFACES: Readonly<Record<string, ModelInterface>> = { "/v1/chat/completions": chatCompletions };

/** The path that precedes a model's name where OpenAI describes a single model. */
const ONE_MODEL = "/v1/models/";

/** Conversations whose answers are remembered. The least recently used one is forgotten first. */
const REMEMBERED_CONVERSATIONS = 100;

/** Makes the server. The caller must call `listen` and `close`. */
export function createModelServer(options: ModelServerOptions): Server {
  const site = new ModelSite(options);
  return createServer((request, response) => {
    response.setHeader("x-request-id", `req_${options.newId()}`);
    site.route(request, response).catch((error) => sendError(response, error));
  });
}

class ModelSite {
  readonly #options: ModelServerOptions;
  readonly #interfaces: Readonly<Record<string, ModelInterface>>;
  readonly #meter = new UsageMeter();
  readonly #answered = new RecentMap<string, AnsweredCells>(REMEMBERED_CONVERSATIONS);

  constructor(options: ModelServerOptions) {
    this.#options = options;
    this.#interfaces = (options.strict ?? "openai") === "openai" ? INTERFACES : OTHER_INTERFACES;
  }

  async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { guard } = this.#options;
    guard.checkSender(request);
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const asked = Object.hasOwn(this.#interfaces, path) ? this.#interfaces[path] : undefined;
    const described = asked === undefined ? this.#describe(path) : undefined;
    if (asked === undefined && described === undefined) {
      const known = [...Object.keys(this.#interfaces), "/v1/models"].join(" or ");
      throw new ApiError(404, `Invalid URL (${request.method} ${path}). Expected ${known}.`);
    }
    const method = asked === undefined ? "GET" : "POST";
    if (request.method !== method) {
      throw new ApiError(405, `Not allowed to ${request.method} on ${path}: expected ${method}.`);
    }
    if (asked === undefined) return sendJson(response, 200, described!);
    guard.checkContentType(request);
    await this.#complete(asked, await readJsonBody(request), response);
  }

  /** Returns the server's description of itself at a path; `undefined` if the path has none. */
  #describe(path: string): object | undefined {
    const isOne = path.startsWith(ONE_MODEL) && this.#interfaces === INTERFACES;
    if (path !== "/props" && path !== "/v1/models" && !isOne) return undefined;
    const { context, strict } = this.#options;
    const isLlama = strict === "llama";
    const listing = context?.listing ?? (isLlama ? contextListing("llamacpp", LLAMA_CONTEXT) : {});
    const model = { id: MODEL_NAME, object: "model", created: this.#now(), owned_by: "aipython", ...listing };
    if (path === "/v1/models") return { object: "list", data: [model] };
    if (path === ONE_MODEL + MODEL_NAME) return model;
    if (isOne) throw unknownModel(decodeURIComponent(path.slice(ONE_MODEL.length)));
    if (model.owned_by !== "llamacpp") return undefined;
    return llamaProps({ context: context?.length ?? LLAMA_CONTEXT, severalCalls: !isLlama });
  }

  async #complete(asked: ModelInterface, body: Record<string, unknown>, response: ServerResponse): Promise<void> {
    const { strict, forgetful, context, kernels, newId } = this.#options;
    const refusal = asked.refuse(body, strict ?? "openai") ?? context?.refuse(body);
    if (refusal !== undefined) return sendJson(response, refusal.status, refusal.body);
    const sent = asked.read(body, strict);
    const answered = this.#answered.getOrMake(sent.key, () => new AnsweredCells());
    const loss = hasCell(sent) ? answered.findLoss(sent) : undefined;
    if (loss !== undefined && strict !== undefined) throw incomplete(loss);
    const seen = context?.cut(body) ?? body;
    const request = seen === body ? sent : asked.read(seen, strict);
    const newCallId = () => toolCallId(strict, newId());
    const earlierCells = forgetful ? cellsAsDescribed : cellsThatRan;
    const making = hasCell(request)
      ? new CellAnswer(request, { kernels, earlierCells, answered, newCallId })
      : NO_LANGUAGE_MODEL;
    const counted = (completion: string) =>
      context && { prompt: context.countPrompt(seen), completion: context.countText(completion) };
    await this.#answer(asked, request, making, response, counted);
  }

  async #answer(
    asked: ModelInterface,
    request: AnswerRequest,
    making: AnswerMaker,
    response: ServerResponse,
    counted: (completion: string) => TokenCounts | undefined,
  ): Promise<void> {
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const identity = { unique: this.#options.newId(), created: this.#now() };
    const stream = asked.stream(request, identity);
    for await (const deltas of making.deltas(gone.signal)) {
      if (!request.stream || gone.signal.aborted) continue;
      if (!response.headersSent) {
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
        response.write(stream.begin());
      }
      if (deltas.length > 0) await write(response, stream.deltas(deltas), gone.signal);
    }
    if (gone.signal.aborted) return;
    const { answer } = making;
    const written = answer.calls.map((call) => call.function.arguments).join("") + answer.text;
    const usage = this.#meter.count(request.key, request.prompt, written, counted(written));
    if (request.stream) response.end(stream.end(answer, usage));
    else sendJson(response, 200, asked.whole(request, identity, answer, usage));
  }

  #now(): number {
    return Math.floor(this.#options.clock.date().getTime() / 1000);
  }
}

/** OpenAI's error for a model that does not exist. */
function unknownModel(name: string): ApiError {
  const message = `The model \`${name}\` does not exist or you do not have access to it.`;
  return new ApiError(404, message, { code: "model_not_found" });
}

/**
 * Makes the error for a conversation that lacks an earlier answer. A real server would accept the request, but its
 * model could not know what to continue.
 */
function incomplete(loss: string): ApiError {
  return new ApiError(400, `The conversation is not complete: ${loss}`, {
    param: "messages",
    code: "incomplete_history",
  });
}

/** Writes, and waits while the client is slower than the cell. The cell waits too. */
async function write(response: ServerResponse, text: string, gone: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, "drain", { signal: gone }).catch(() => {});
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
