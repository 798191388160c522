/**
 * What LM Studio tells: whether a model was trained for tools, and its context.
 *
 * @module
 */

import { fieldsOf, readCount } from "../model_entry.ts";
import { findModel } from "../same_model.ts";
import type { ServerFacts } from "./server_facts.ts";
import type { ServerInquiry } from "./server_inquiry.ts";
import { TEXT_FORM } from "./candidate_forms.ts";

/**
 * Asks for the list of models of LM Studio's own interface (https://lmstudio.ai/docs/developer/rest/endpoints). Versions that name no
 * capabilities leave it open whether a model takes tools. A model that is not loaded yet, as the first request does, may get a smaller
 * context than it could have.
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
