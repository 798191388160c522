/**
 * What Ollama tells: whether a model takes tools, and the context that it was given.
 *
 * @module
 */

import { fieldsOf, readCount } from "../model_entry.ts";
import { findModel } from "../same_model.ts";
import type { ServerFacts } from "./server_facts.ts";
import type { ServerInquiry } from "./server_inquiry.ts";
import { TEXT_FORM } from "./candidate_forms.ts";

/** The context in a model's parameters, which are lines such as `num_ctx                        8192`. */
const CONTEXT_PARAMETER = /^\s*num_ctx\s+(\d+)\s*$/m;

/**
 * Asks for the model's details (https://docs.ollama.com/api-reference/show-model-details), and which models are loaded.
 *
 * The context that the model was trained for is not taken: Ollama gives it 4,096 tokens on most machines and cuts off what is longer,
 * so only the context that was set for the model or that it is loaded with says what it sees. The first request loads it.
 */
export async function askOllama(server: ServerInquiry, model: string): Promise<ServerFacts> {
  const [{ body: details }, { body: loaded }] = await Promise.all([
    server.post("/api/show", { model }),
    server.get("/api/ps"),
  ]);
  const { capabilities, template, parameters } = fieldsOf(details);
  const contextLength = readLoadedContext(loaded, model) ?? readSetContext(parameters);
  return {
    form: takesTools(capabilities, template) === false ? TEXT_FORM : undefined,
    contextLength,
    isPartial: contextLength === undefined,
  };
}

/** A template in Go that tells of tools and has no place for calls of the past would lose them. */
function takesTools(capabilities: unknown, template: unknown): boolean | undefined {
  if (!Array.isArray(capabilities)) return undefined;
  const losesCalls = typeof template === "string" && template.includes(".Tools") && !template.includes(".ToolCalls");
  return capabilities.includes("tools") && !losesCalls;
}

function readSetContext(parameters: unknown): number | undefined {
  return typeof parameters === "string" ? readCount(Number(CONTEXT_PARAMETER.exec(parameters)?.[1])) : undefined;
}

function readLoadedContext(answer: unknown, model: string): number | undefined {
  const { models } = fieldsOf(answer);
  if (!Array.isArray(models)) return undefined;
  const loaded = models.map(fieldsOf).map((fields) => ({ id: String(fields.name), fields }));
  return readCount(findModel(loaded, model)?.fields.context_length);
}
