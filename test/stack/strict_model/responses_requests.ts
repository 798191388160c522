/**
 * Items and requests of the Responses interface, for the tests of its rules.
 *
 * @module
 */

import assert from "node:assert/strict";
import { encryptedReasoning } from "../../../stack/strict_model/responses_answer.ts";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";

export const user = { role: "user", content: "hi" };
export const tool = { type: "function", name: "f", parameters: { type: "object", properties: {} }, strict: false };
export const made = { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" };
export const output = { type: "function_call_output", call_id: "call_1", output: "ok" };
export const thought = { type: "reasoning", id: "rs_1", summary: [], encrypted_content: encryptedReasoning("rs_1") };
export const said = { type: "message", id: "msg_1", role: "assistant", status: "completed", content: [] };

export const request = (fields: object) => ({
  model: "gpt-6-luna",
  input: [user],
  store: false,
  stream: true,
  ...fields,
});
export const input = (...items: unknown[]) => request({ input: items });
export const parameters = (schema: unknown) => request({ tools: [{ ...tool, strict: true, parameters: schema }] });

/** A refusal: the message, the parameter, the code, the request, and the status. */
export type RefusedRequest = [string, string | null, string | null, object, number?];

/** Declares a test for each request that the strict server must refuse. */
export function testRefusals(cases: readonly RefusedRequest[]): void {
  for (const [message, param, code, body, status = 400] of cases) {
    Deno.test(`refuseResponsesRequest() refuses a request with the message: ${message}`, () => {
      const plain = JSON.parse(JSON.stringify(body));
      const error = { message, type: "invalid_request_error", param, code };
      assert.deepEqual(refuseResponsesRequest(plain), { status, body: { error } });
    });
  }
}
