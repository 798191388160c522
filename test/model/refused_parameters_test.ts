/**
 * Parameters that a server refuses are learnt from its error and not sent again.
 *
 * @module
 */

import assert from "node:assert/strict";
import { collect, failureOf, modelRequest, openAIModel } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type RecordedRequest, type Script, startScriptedModel } from "../support/scripted_model_server.ts";

const good = answer(text("ok"));

/** Makes a refusal in OpenAI's form. */
const refusal = (param: string | null, message: string, status = 400): Script => ({
  status,
  body: { error: { message, type: "invalid_request_error", param, code: "unsupported_parameter" } },
});

/** Makes a script that refuses each request with one of these parameters and names the first of them. */
const refusing = (...parameters: string[]) => ({ body }: RecordedRequest): Script => {
  const refused = parameters.find((name) => body[name] !== undefined);
  return refused === undefined ? good : refusal(refused, `Unsupported parameter: '${refused}'.`);
};

const PARAMETERS = ["parallel_tool_calls", "tool_choice", "prompt_cache_key", "stream_options"];

for (
  const [model, parameter] of [
    ["gpt-5", "reasoning_effort"],
    ...["temperature", ...PARAMETERS].map((name) => ["gpt-4o", name]),
  ]
) {
  Deno.test(`OpenAIModel never sends ${parameter} again after it was refused`, async () => {
    await using server = await startScriptedModel(refusing(parameter));
    const openai = openAIModel(server, { model });
    const request = modelRequest({ cacheKey: "n", effort: "low" });
    for (let count = 0; count < 3; count++) assert.equal((await collect(openai, request))[0].type, "text");
    const [first, ...later] = server.requests.map(({ body }) => body);
    assert.notEqual(first[parameter], undefined);
    assert.equal(later.length, 3);
    const { [parameter]: _, ...rest } = first;
    for (const body of later) assert.deepEqual(body, rest);
    assert.equal(openai.oneCallAReply, parameter === "parallel_tool_calls");
  });
}

Deno.test("OpenAIModel learns several refused parameters one after the other", async () => {
  await using server = await startScriptedModel(refusing("temperature", ...PARAMETERS));
  const openai = openAIModel(server);
  await collect(openai, modelRequest({ cacheKey: "n" }));
  assert.equal(server.requests.length, 6);
  assert.deepEqual(Object.keys(server.requests[5].body).sort(), ["messages", "model", "stream", "tools"]);
});

for (
  const [server, status, body] of [
    ["an error about its value", 400, {
      error: {
        param: "temperature",
        message:
          "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
      },
    }],
    ["an error without param", 400, {
      error: { param: null, message: "Unrecognized request argument supplied: temperature" },
    }],
    ["an error in vLLM's form", 400, {
      object: "error",
      message: "temperature is not supported",
      type: "BadRequestError",
      param: null,
      code: 400,
    }],
    ["an error in FastAPI's form", 422, {
      detail: [{
        type: "extra_forbidden",
        loc: ["body", "temperature"],
        msg: "Extra inputs are not permitted",
        input: 0,
      }],
    }],
    ["plain text", 400, "Unknown field: temperature"],
  ] as [string, number, unknown][]
) {
  Deno.test(`OpenAIModel leaves out the temperature when it is refused with ${server}`, async () => {
    await using scripted = await startScriptedModel((request) => {
      return request.body.temperature === undefined ? good : { status, body };
    });
    assert.equal((await collect(openAIModel(scripted)))[0].type, "text");
    assert.equal(scripted.requests.length, 2);
  });
}

for (
  const [what, script] of [
    ["of a required parameter", refusal("messages", "Invalid 'messages': too long.")],
    ["with status 403", refusal("temperature", "Unsupported parameter: 'temperature'.", 403)],
  ] as [string, Script][]
) {
  Deno.test(`OpenAIModel does not repeat a request after a refusal ${what}`, async () => {
    await using server = await startScriptedModel(script);
    await failureOf(openAIModel(server));
    assert.equal(server.requests.length, 1);
  });
}

for (
  const [what, script] of [
    ["the refused parameter was not sent", refusal("reasoning_effort", "Unsupported parameter: 'reasoning_effort'.")],
    ["a message only mentions a parameter", refusal(null, "The temperature of the server is too high.")],
  ] as [string, Script][]
) {
  Deno.test(`OpenAIModel keeps its parameters when ${what}`, async () => {
    await using server = await startScriptedModel(script);
    await failureOf(openAIModel(server));
    for (const { body } of server.requests) assert.equal(body.temperature, 0);
  });
}

Deno.test("OpenAIModel keeps a parameter if the server also refuses the request without it", async () => {
  let broken = true;
  await using server = await startScriptedModel(() =>
    broken ? refusal("temperature", "Unsupported 'temperature'.") : good
  );
  const openai = openAIModel(server);
  const { error } = await failureOf(openai);
  assert.equal(error.kind, "bad_request");
  broken = false;
  await collect(openai);
  assert.equal(server.requests.at(-1)!.body.temperature, 0);
});
