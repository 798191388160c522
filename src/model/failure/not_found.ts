/**
 * Distinguishes a wrong address from a model that the server does not have.
 *
 * @module
 */

import { bareAddress } from "../../options/bare_address.ts";
import type { FailedAttempt } from "./failed_attempt.ts";
import { reasonBehindGateway } from "./gateway_reason.ts";
import { bodyOf, quoteReason } from "./quote.ts";
import { readReason } from "./server_reason.ts";

/** Error codes for an unknown model: of OpenAI, Azure, Mistral, and the model catalogues of Azure and GitHub. */
const MODEL_CODES =
  /model_?not_?found|(?:invalid|unknown)_?model|deployment_?not_?found|model_not_(?:exist|available|supported)/i;

/**
 * Messages about an unknown model: OpenAI, vLLM and Groq ("The model `x` does not exist"), Ollama ("model "x" not found,
 * try pulling it first"), Azure ("The API deployment for this resource does not exist"), DeepSeek ("Model Not Exist"), Mistral and
 * LiteLLM ("Invalid model"), OpenRouter ("x is not a valid model ID", "No endpoints found for x"), Gemini ("models/x is not found").
 */
const MODEL_WORDS = [
  /\b(?:models?|deployment)\b.{0,160}\b(?:not (?:be )?(?:found|exist|available|deployed|loaded)|does ?n[o']t exist|unknown|no longer|decommissioned|retired|inaccessible)/is,
  /\b(?:invalid|unknown|no such|unrecogni[sz]ed|unsupported|could not find|couldn't find|cannot find|unable to access)\b.{0,40}\b(?:model|deployment)/is,
  /not a valid model|try pulling it|no endpoints found for/i,
];

/** Messages about a wrong address: whole texts, and sentences of OpenAI, Groq, LM Studio, Kong and others. */
const ADDRESS_WORDS = [
  /^["']?(?:404[ :-]*)?(?:error[ :-]*)?(?:(?:the )?(?:requested )?(?:page|file|resource|url|uri|route|path|endpoint|api|location|document)s? )?(?:was )?(?:not found|does not exist|not supported)[.!"']*$/i,
  /\b(?:invalid url|unknown (?:request )?url|unexpected endpoint|unknown endpoint|no route|cannot (?:post|get) \/|route .{0,200}not found|page not found|requested url|no handler found|no static resource|resource not found|method not allowed)/i,
];

/** Ollama's default port. */
const OLLAMA_PORT = /:11434$/;

/** The thing that a server does not have. */
export type Missing = "model" | "address" | "something";

/**
 * Finds out what the server does not have.
 *
 * @param said the body: a JSON value or a text
 * @returns `something` if the server does not say
 */
export function whatIsMissing(said: unknown, model: string): Missing {
  const { code, type } = bodyOf(said);
  const reason = reasonOf(said);
  if (isUnknownModel(said, model)) return "model";
  const isPage = typeof said === "string" && said.trimStart().startsWith("<");
  if (reason === "" || isPage || ADDRESS_WORDS.some((words) => words.test(reason))) return "address";
  return `${code} ${type}`.includes("not_found") && names(reason, model) ? "model" : "something";
}

/** Whether a refusal says that the server does not have the model. */
export function isUnknownModel(said: unknown, model: string): boolean {
  const { code, type } = bodyOf(said);
  const reason = reasonOf(said);
  if (MODEL_CODES.test(`${code} ${type}`)) return true;
  return MODEL_WORDS.some((words) => words.test(reason)) ||
    (names(reason, model) && /not found|not exist|not available|unknown/i.test(reason));
}

/** Returns the reason of the server, or of the server behind a gateway. */
function reasonOf(said: unknown): string {
  const reason = readReason(said) ?? "";
  return reasonBehindGateway(reason) ?? reason;
}

/** Whether a text names the model: a short name in quotes, or a longer name as a word. */
function names(text: string, model: string): boolean {
  const name = RegExp.escape(model);
  return new RegExp(model.length > 3 ? `(?<![\\w-])${name}(?![\\w-])` : `["'\`]${name}["'\`]`).test(text);
}

/** Says that the server does not have the model, and what to do. */
export function describeUnknownModel(
  { host, model, secrets }: FailedAttempt,
  status: number,
  said: unknown,
): string {
  const quote = quoteReason(said, secrets);
  const isOllama = OLLAMA_PORT.test(host) || /try pulling it/i.test(quote);
  const pull = isOllama ? `Pull it there with \`ollama pull ${model}\`, or choose` : "Choose";
  return `${host} has no model "${model}" (${status})${quote}. ${pull} another one with --model (AIPYTHON_MODEL).`;
}

/** Says that there is nothing at the address, and suggests another one. The address may be the one that a gateway forwards to. */
export function describeWrongAddress(
  { host, model, address, secrets }: FailedAttempt,
  status: number,
  said: unknown,
): string {
  if (reasonBehindGateway(readReason(said) ?? "") !== undefined) {
    return `${host} passes requests for the model "${model}" on to an address where there is nothing (${status})${
      quoteReason(said, secrets)
    }. Correct that address in the settings of ${host} (\`api_base\` at LiteLLM).`;
  }
  return `There is nothing at ${bareAddress(address)} (${status})${quoteReason(said, secrets)}. ${
    checkAddress(address)
  }`;
}

/** Says that something was not found. The server does not say what. */
export function describeNotFound(
  { host, model, address, secrets }: FailedAttempt,
  status: number,
  said: unknown,
): string {
  return `${host} did not find what was asked for (${status})${
    quoteReason(said, secrets)
  }. Check the model "${model}" ` +
    `(--model, AIPYTHON_MODEL) and the address ${bareAddress(address)} (--base-url, OPENAI_BASE_URL).`;
}

/** Advises to check the base URL, and suggests one if the path is unusual. */
export function checkAddress(address: string): string {
  const { origin, pathname } = new URL(address);
  const isUsual = /\/v\d+\w*\//.test(pathname);
  const hint = isUsual ? "" : `, such as ${origin}/v1`;
  return `Check the address of the model server (--base-url, OPENAI_BASE_URL): most end in /v1${hint}.`;
}
