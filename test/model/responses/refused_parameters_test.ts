/**
 * Parameters of the Responses interface that a server refuses are learnt from its error.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readRefusal } from "../../../src/model/refusal.ts";
import { type RefusableParameter, refusedParameters } from "../../../src/model/refused_parameters.ts";
import { toResponsesRequest } from "../../../src/model/responses/responses_request.ts";
import { refuseResponsesRequest } from "../../../stack/strict_model/responses_rules.ts";
import { modelRequest } from "../../support/model_requests.ts";

/** A body with every parameter that can be refused. */
const body = {
  ...toResponsesRequest("gpt-6-luna", modelRequest({ cacheKey: "n", effort: "low" })),
  temperature: 0,
};

/** Makes the error that the openai package throws for a refusal. */
function thrown(error: object, status = 400): Error {
  const { message = "" } = error as { message?: string };
  return Object.assign(new Error(`${status} ${message}`), { status, headers: new Headers(), error });
}

function blamed(error: object, status?: number, sent: object = body): RefusableParameter[] {
  const refusal = readRefusal(thrown(error, status));
  return refusal === undefined ? [] : refusedParameters(refusal, sent);
}

for (
  const [param, message, expected] of [
    ["temperature", "Unsupported parameter: 'temperature' is not supported with this model.", ["temperature"]],
    ["reasoning.effort", "Unsupported parameter: 'reasoning.effort' is not supported with this model.", ["reasoning"]],
    ["reasoning.effort", "Unsupported value: 'none' is not supported with the 'gpt-6-astra' model.", ["reasoning"]],
    ["reasoning", "Unknown parameter: 'reasoning'.", ["reasoning"]],
    ["include", "Encrypted content is not supported with this model.", ["include"]],
    ["include[0]", "Invalid value: 'reasoning.encrypted_content'. Supported values are: 'x'.", ["include"]],
    ["input[3].encrypted_content", "Unknown parameter: 'input[3].encrypted_content'.", ["include"]],
    ["prompt_cache_key", "Invalid 'prompt_cache_key': string too long.", ["prompt_cache_key"]],
    ["parallel_tool_calls", "Unsupported parameter: 'parallel_tool_calls'.", ["parallel_tool_calls"]],
    ["store", "Unknown parameter: 'store'.", ["store"]],
    ["store", "Invalid value: 'store' must be true.", []],
    [null, "Unrecognized request argument supplied: temperature", ["temperature"]],
    [null, "Unsupported value for include: 'reasoning.encrypted_content'", ["include"]],
    [null, "Encrypted content is not supported with this model.", ["include"]],
    [null, "Unknown field: store", ["store"]],
    [null, "The reasoning of this model is slow.", []],
    ["input", "Item 'rs_1' of type 'reasoning' was provided without its required following item.", ["include"]],
    [
      "input",
      "Item 'fc_1' of type 'function_call' was provided without its required 'reasoning' item: 'rs_1'.",
      ["include"],
    ],
    [null, "Unknown parameter: 'reasoning'.", ["reasoning"]],
    ["input", "No tool output found for function call call_1.", []],
    ["tools[0].parameters", "Invalid schema for function 'display'.", []],
  ] as [string | null, string, RefusableParameter[]][]
) {
  Deno.test(`refusedParameters() returns [${expected}] for "${message}" (${param})`, () => {
    assert.deepEqual(blamed({ message, param, code: null }), expected);
  });
}

Deno.test("refusedParameters() returns include when encrypted content cannot be verified", () => {
  const message = "The encrypted content gAAA...xxxx could not be verified.";
  assert.deepEqual(blamed({ message, param: null, code: "invalid_encrypted_content" }), ["include"]);
});

Deno.test("refusedParameters() returns no parameter that was not sent, and none for another status", () => {
  const error = { message: "Unsupported parameter: 'temperature'.", param: "temperature" };
  assert.deepEqual(blamed(error, 400, { store: false }), []);
  assert.deepEqual(blamed(error, 403), []);
  assert.deepEqual(blamed(error, 422), ["temperature"]);
  assert.equal(readRefusal("reason"), undefined);
});

for (const model of ["gpt-4.1", "gpt-5.3-chat-latest", "o3", "gpt-6-astra"]) {
  Deno.test(`refusedParameters() finds all parameters that ${model} does not accept, one after the other`, () => {
    const wanted = {
      ...toResponsesRequest("gpt-6-luna", modelRequest({ effort: "least" })),
      model,
      temperature: 0,
    } as Record<string, unknown>;
    const refused: string[] = [];
    for (let refusal = refuseResponsesRequest(wanted); refusal; refusal = refuseResponsesRequest(wanted)) {
      const [parameter] = blamed(refusal.body.error, 400, wanted);
      assert.ok(parameter, refusal.body.error.message);
      refused.push(parameter);
      delete wanted[parameter];
    }
    assert.deepEqual(refused, model === "gpt-4.1" ? ["reasoning", "include"] : ["reasoning", "temperature"]);
  });
}
