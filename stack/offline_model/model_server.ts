/**
 * The HTTP side of the offline model: OpenAI's API, as far as an agent needs it.
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
import { cellsAsTold, cellsThatRan } from "./earlier_cells.ts";
import type { ContextWindow } from "./context_window.ts";
import { readJsonBody } from "./json_body.ts";
import type { Kernels } from "./kernels.ts";
import { type AnswerMaker, type AnswerRequest, hasCell, type ModelInterface } from "./model_request.ts";
import { NO_LANGUAGE_MODEL } from "./no_language_model.ts";
import type { RequestGuard } from "./request_guard.ts";
import { RecentMap } from "../../src/recent_map.ts";
import { responses } from "./responses.ts";
import { type TokenCounts, UsageMeter } from "./usage.ts";

/** What the server needs from outside. */
export interface ModelServerOptions {
  /** Decides who may ask. */
  guard: RequestGuard;
  /** Runs the cells. */
  kernels: Pick<Kernels, "run">;
  /** Whose servers it is as strict as. Default: OpenAI's, but for what a conversation must tell of earlier cells. */
  strict?: ModelFamily;
  /** Whether earlier cells are known as far as a request tells of them. Default: as they ran. */
  forgetful?: boolean;
  /** The model's context. Default: requests may have any length. */
  context?: ContextWindow;
  /** Makes the part of an id that is unique: 32 letters and digits. */
  newId: () => string;
  /** Tells when an answer was made. */
  clock: Pick<Clock, "date">;
}

/** The name under which the model is listed. Requests may use any. */
export const MODEL_NAME = "offline-python";

/** The interfaces, by their paths. */
const INTERFACES: Readonly<Record<string, ModelInterface>> = {
  "/v1/chat/completions": chatCompletions,
  "/v1/responses": responses,
};

/** Those of servers other than OpenAI's. */
const OTHER_INTERFACES: Readonly<Record<string, ModelInterface>> = { "/v1/chat/completions": chatCompletions };

/** What stands before a model's name in the address at which OpenAI tells of it alone. */
const ONE_MODEL = "/v1/models/";

/** Conversations of which is known what was answered; the one that was asked for longest ago is forgotten first. */
const REMEMBERED_CONVERSATIONS = 100;

/** Makes the server; the caller listens and closes. */
export function createModelServer(options: ModelServerOptions): Server {
  const site = new ModelSite(options);
  return createServer((request, response) => {
    response.setHeader("x-request-id", `req_${options.newId()}`);
    site.route(request, response).catch((error) => sendError(response, error));
  });
}

/** What is behind the addresses of a server. */
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
    const told = asked === undefined ? this.#tell(path) : undefined;
    if (asked === undefined && told === undefined) {
      const known = [...Object.keys(this.#interfaces), "/v1/models"].join(" or ");
      throw new ApiError(404, `Invalid URL (${request.method} ${path}). Expected ${known}.`);
    }
    const method = asked === undefined ? "GET" : "POST";
    if (request.method !== method) {
      throw new ApiError(405, `Not allowed to ${request.method} on ${path}: expected ${method}.`);
    }
    if (asked === undefined) return sendJson(response, 200, told!);
    guard.checkContentType(request);
    await this.#complete(asked, await readJsonBody(request), response);
  }

  /** What the server tells about itself at an address. */
  #tell(path: string): object | undefined {
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
    const earlierCells = forgetful ? cellsAsTold : cellsThatRan;
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

/** OpenAI's words for a model that it does not tell of. */
function unknownModel(name: string): ApiError {
  const message = `The model \`${name}\` does not exist or you do not have access to it.`;
  return new ApiError(404, message, { code: "model_not_found" });
}

/** A request that no real server would refuse; but a model that was sent it could not know what it is asked to go on with. */
function incomplete(loss: string): ApiError {
  return new ApiError(400, `The conversation is not complete: ${loss}`, {
    param: "messages",
    code: "incomplete_history",
  });
}

/** Writes, and waits while the client is slower than the cell; the cell then waits too. */
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
