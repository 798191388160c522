/**
 * Recognizes a server that is loading its model and will be ready later.
 *
 * @module
 */

import { bodyOf } from "./quote.ts";
import { readReason } from "./server_reason.ts";

/** The statuses of a server that is not ready yet. */
const PASSING = new Set([408, 409, 425, 429, 500, 502, 503, 504]);

/**
 * Messages of servers that are not ready yet: llama.cpp ("Loading model"), Ollama ("llm server loading model"), Hugging Face ("Model x is
 * currently loading"), Bedrock ("Model is not ready for inference"), and gateways that start a server when it is asked.
 */
const LOADING = [
  /\bloading (?:the |a |your )?(?:model|weights|checkpoint)/i,
  /\b(?:model|weights|server|it)\b.{0,120}\b(?:is|are|still|currently|being) (?:(?:still|currently|being) )*load(?:ing|ed)\b/is,
  /\b(?:still loading|not loaded yet|not yet loaded|(?:load|download)(?:ing)? in progress|starting up|scaling (?:up|from zero)|cold start)/i,
  /\b(?:model|server)\b.{0,80}\b(?:not (?:yet )?ready|warming up|starting|initiali[sz]ing|being (?:downloaded|started|deployed))\b/is,
  /model_?not_?ready/i,
];

/** Messages about a model for which waiting does not help: loading it failed, or the server is busy. */
const NOT_LOADING =
  /\b(?:fail\w*|unable|could ?n[o']t|cannot|can't|error) (?:\w+ ){0,3}(?:load|start)|\b(?:crash|out of memory|overloaded|busy|no slot|too many|capacity)/i;

/** llama.cpp's error type if no request can be served yet. */
const UNAVAILABLE = "unavailable_error";

/**
 * Whether a server says that it is loading its model.
 *
 * @param status the HTTP status, or the one that an error in a stream names
 * @param said the body: a JSON value or a text
 */
export function isLoading(status: number, said: unknown): boolean {
  if (!PASSING.has(status)) return false;
  const { code, type } = bodyOf(said);
  const reason = `${readReason(said) ?? ""} ${code} ${type}`;
  if (NOT_LOADING.test(reason)) return false;
  return type === UNAVAILABLE || LOADING.some((words) => words.test(reason));
}
