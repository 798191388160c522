/**
 * Asks LM Studio whether a model was trained for tools, and for its context length.
 *
 * @module
 */

import { fieldsOf, readCount } from "../model_entry.ts";
import { findModel } from "../same_model.ts";
import type { ServerFacts } from "./server_facts.ts";
import type { ServerInquiry } from "./server_inquiry.ts";
import { TEXT_FORM } from "./candidate_forms.ts";

/**
 * Reads the list of models of LM Studio's own interface (https://lmstudio.ai/docs/developer/rest/endpoints). A version whose list has no
 * `capabilities` does not say whether a model takes tools. The first request loads a model, possibly with a smaller context than its
 * maximum, so the context length is unknown before.
 */
export async function askLmStudio(server: ServerInquiry, model: string): Promise<ServerFacts> {
  const { body } = await server.get("/api/v0/models");
  const { data } = fieldsOf(body);
  const listed = Array.isArray(data) ? data.map(fieldsOf).map((fields) => ({ id: String(fields.id), fields })) : [];
  const entry = findModel(listed, model)?.fields;
  const { capabilities } = fieldsOf(entry);
  const contextLength = readCount(entry?.loaded_context_length);
  return {
    form: Array.isArray(capabilities) && !capabilities.includes("tool_use") ? TEXT_FORM : undefined,
    contextLength,
    isPartial: contextLength === undefined,
  };
}
