/**
 * The model servers of tests and benchmarks as servers of OpenAI's Responses interface, with the openai package as the
 * client.
 *
 * @module
 */

import assert from "node:assert/strict";
import OpenAI from "openai";
import type { Response } from "openai/resources/responses/responses";
import { PacedModel } from "../../bench/speed/paced_model.ts";
import { answer, done, finish, result, stdout, type Step, text, usage } from "./scripted_answer.ts";
import { startScriptedModel } from "./scripted_model_server.ts";

/** Returns the response with which a stream ends. */
async function lastResponse(baseURL: string): Promise<Response> {
  const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
  const stream = await client.responses.create({ model: "gpt-test", input: "In [1]:\n1", store: false, stream: true });
  let last: Response | undefined;
  for await (const event of stream) if ("response" in event) last = event.response;
  assert.ok(last);
  return last;
}

/** Returns the contents of a response's items. */
const said = ({ output }: Response) =>
  output.map((item) =>
    item.type === "function_call"
      ? [item.name, item.arguments]
      : item.type === "message" && item.content[0].type === "output_text"
      ? item.content[0].text
      : item.type
  );

Deno.test("a scripted answer is sent through the Responses interface", async () => {
  const steps = [...answer(text("a note"), stdout("1\n"), result("2"))];
  await using server = await startScriptedModel(steps);
  const response = await lastResponse(server.baseUrl);
  assert.deepEqual(said(response), [
    "a note",
    ["stdout", '{"text":"1\\n"}'],
    ["execute_result", '{"data":{"text/plain":"2"}}'],
  ]);
  assert.deepEqual([response.status, response.usage?.input_tokens, response.usage?.output_tokens], [
    "completed",
    10,
    5,
  ]);
});

Deno.test("a scripted answer with the finish reason length is an incomplete response", async () => {
  const steps: Step[] = [...stdout("1\n"), ...finish("length"), ...usage(), ...done()];
  await using server = await startScriptedModel(steps);
  const { status, incomplete_details } = await lastResponse(server.baseUrl);
  assert.deepEqual([status, incomplete_details], ["incomplete", { reason: "max_output_tokens" }]);
});

Deno.test("a request that OpenAI's Responses interface would reject fails its test", async () => {
  const server = await startScriptedModel(answer());
  const body = JSON.stringify({ model: "gpt-test", messages: [] });
  await (await fetch(`${server.baseUrl}/responses`, { method: "POST", body })).text();
  await assert.rejects(server.stop(), /A real openai server refuses request 0 with 400: .*has moved to 'input'/);
});

Deno.test("a paced model sends calls through the Responses interface", async () => {
  const pace = { firstTokenMs: 0, tokensPerSecond: 1e6 };
  await using model = await PacedModel.start(pace, () => ({ name: "stdout", args: '{"text":"1\\n"}' }));
  assert.deepEqual(said(await lastResponse(model.baseUrl)), [["stdout", '{"text":"1\\n"}']]);
});
