/**
 * The body of a request through the Responses interface.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ResponseCreateParamsStreaming } from "openai/resources/responses/responses";
import type { Message, ModelRequest } from "../../../src/execution/model.ts";
import type { RefusableParameter } from "../../../src/model/refused_parameters.ts";
import { DEFAULT_FORM } from "../../../src/model/request_form.ts";
import { toResponsesRequest } from "../../../src/model/responses/responses_request.ts";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";
import { modelRequest } from "../../support/model_requests.ts";

/** Returns the body of a request. Asserts that the strict server accepts it. */
export function bodyOf(
  request: Partial<ModelRequest>,
  model = "gpt-6-luna",
  refused: RefusableParameter[] = [],
): ResponseCreateParamsStreaming {
  const body = toResponsesRequest(model, modelRequest(request), {
    ...DEFAULT_FORM,
    api: "responses",
    without: new Set(refused),
  });
  assert.equal(refuseResponsesRequest(JSON.parse(JSON.stringify(body))), undefined);
  return body;
}

export const cell: Message = { role: "user", content: "In [1]:\n1 + 2" };
export const again: Message = { role: "user", content: "Make the tool calls now." };
export const ok = (toolCallId: string, content = "ok"): Message => ({ role: "tool", toolCallId, content });
