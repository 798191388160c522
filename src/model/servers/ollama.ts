/**
 * Asks Ollama whether a model takes tools, and for the context length that is set.
 *
 * @module
 */

import { fieldsOf, readCount } from "../model_entry.ts";
import { findModel } from "../same_model.ts";
import type { ServerFacts } from "./server_facts.ts";
import type { ServerInquiry } from "./server_inquiry.ts";
import { TEXT_FORM } from "./candidate_forms.ts";

/** The context length in a model's parameters, which are lines such as `num_ctx                        8192`. */
const CONTEXT_PARAMETER = /^\s*num_ctx\s+(\d+)\s*$/m;

/**
 * Asks for the model's details (https://docs.ollama.com/api-reference/show-model-details), and which models are loaded.
 *
 * The context length that the model was trained for is not used: on most machines Ollama gives a model 4,096 tokens and cuts off longer
 * requests. Only the length that is set for the model, or that it was loaded with, is reliable. The first request loads the model.
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

/** Whether the model takes tools. A Go template that has `.Tools` but not `.ToolCalls` would lose the calls of earlier turns. */
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
