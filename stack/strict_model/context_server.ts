/**
 * The treatment of requests that are longer than a model's context window by real servers, and their description of
 * that window's length.
 *
 * @module
 */

import type { Refusal } from "./chat_request.ts";
import type { Fields } from "./fields.ts";
import type { ModelFamily } from "./family.ts";
import { openaiRefusal } from "./openai_refusal.ts";

/**
 * The server to imitate. Ollama's silently discards the oldest turns (`silent_cut.ts`). The others refuse the
 * request.
 */
export type ContextServer = "openai" | "mistral" | "llamacpp" | "vllm" | "ollama";

export const contextServers: readonly ContextServer[] = ["openai", "mistral", "llamacpp", "vllm", "ollama"];

/** The number of tokens of a request. */
export interface PromptSize {
  /** Tokens of the turns. */
  turns: number;
  /** Tokens of the tools. */
  tools: number;
}

export interface TooLong extends PromptSize {
  /** The tokens that fit into the context. */
  limit: number;
  /** The field that holds the turns: `messages` or `input`. */
  field: "messages" | "input";
}

/** Returns the server that serves the models of a family. */
export function contextServerOf(family: ModelFamily = "openai"): ContextServer {
  return ({ openai: "openai", mistral: "mistral", llama: "llamacpp", gemma: "vllm" } as const)[family];
}

/**
 * Reads the value of a `--context-server` flag.
 *
 * @throws {Error} that names the servers, when the text is not one of them
 */
export function readContextServer(text: string): ContextServer {
  const server = contextServers.find((name) => name === text);
  if (server !== undefined) return server;
  throw new Error(`--context-server must be one of ${contextServers.join(", ")}, not ${JSON.stringify(text)}`);
}

export function refuseTooLong(server: Exclude<ContextServer, "ollama">, request: TooLong): Refusal {
  const { turns, tools, limit } = request;
  const tokens = turns + tools;
  switch (server) {
    case "openai":
      return openaiRefusal(openaiWords(request), { param: request.field, code: "context_length_exceeded" });
    case "mistral": {
      const message =
        `Prompt contains ${tokens} tokens and 0 draft tokens, too large for model with ${limit} maximum context length`;
      const type = "invalid_request_invalid_args";
      return { status: 400, body: { object: "error", message, type, param: null, code: "3051", raw_status_code: 400 } };
    }
    case "llamacpp": {
      const message =
        `request (${tokens} tokens) exceeds the available context size (${limit} tokens), try increasing it`;
      const type = "exceed_context_size_error";
      return { status: 400, body: { error: { code: 400, message, type, n_prompt_tokens: tokens, n_ctx: limit } } };
    }
    case "vllm": {
      // vLLM stops counting when the context is full. This message is that of version 0.14 and later.
      const least = limit + 1;
      const message =
        `This model's maximum context length is ${limit} tokens. However, you requested 0 output tokens and ` +
        `your prompt contains at least ${least} input tokens, for a total of at least ${least} tokens. Please reduce the ` +
        `length of the input prompt or the number of requested output tokens. (parameter=input_tokens, value=${least})`;
      return { status: 400, body: { error: { message, type: "BadRequestError", param: "input_tokens", code: 400 } } };
    }
  }
}

/** Returns OpenAI's message. That of the Responses interface has no numbers. */
function openaiWords({ turns, tools, limit, field }: TooLong): string {
  if (field === "input") {
    return "Your input exceeds the context window of this model. Please adjust your input and try again.";
  }
  const parts = tools === 0 ? "" : ` (${turns} in the messages, ${tools} in the functions)`;
  return `This model's maximum context length is ${limit} tokens. However, your messages resulted in ${
    turns + tools
  } tokens${parts}. Please reduce the length of the messages${tools === 0 ? "" : " or functions"}.`;
}

/**
 * Returns the fields of a model in the list of models that name its context's length. OpenAI's and Ollama's lists do
 * not name it.
 */
export function contextListing(server: ContextServer, limit: number): Fields {
  switch (server) {
    case "openai":
      return {};
    case "mistral":
      return { owned_by: "mistralai", max_context_length: limit };
    case "llamacpp":
      return { owned_by: "llamacpp", meta: { n_ctx: limit } };
    case "vllm":
      return { owned_by: "vllm", max_model_len: limit };
    case "ollama":
      return { owned_by: "library" };
  }
}
