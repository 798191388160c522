/**
 * The chat completions interface of the offline model.
 *
 * @module
 */

import { refuse } from "../strict_model/chat_rules.ts";
import { CompletionStream, wholeCompletion } from "./completion_answer.ts";
import { readCompletionRequest } from "./completion_request.ts";
import type { ModelInterface } from "./model_request.ts";

/** `POST /v1/chat/completions`. */
export const chatCompletions: ModelInterface = {
  refuse,
  read: readCompletionRequest,
  stream: (request, identity) => new CompletionStream(request, identity),
  whole: wholeCompletion,
};
