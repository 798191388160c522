/**
 * The model servers of tests check requests by the rules of real servers.
 *
 * @module
 */

import assert from "node:assert/strict";
import { PacedModel } from "../../bench/speed/paced_model.ts";
import { calling, type Json, request, tool, user } from "../stack/strict_model/requests.ts";
import { answer, stdout } from "./scripted_answer.ts";
import { inTurn, startScriptedModel } from "./scripted_model_server.ts";

const good = request([user("In [1]:\n1")]);
const unanswered = request([user("In [1]:\n1"), calling("call_1"), user("In [2]:\n2")]);

async function post(baseUrl: string, body: Json): Promise<{ status: number; text: string }> {
  const response = await fetch(`${baseUrl}/chat/completions`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

Deno.test("a scripted server answers a request that OpenAI would reject, and fails its test at the end", async () => {
  const server = await startScriptedModel(answer(stdout("a\n")));
  assert.equal((await post(server.baseUrl, good)).status, 200);
  assert.equal((await post(server.baseUrl, unanswered)).status, 200);
  await assert.rejects(
    server.stop(),
    /^Error: A real openai server refuses request 1 with 400: .*did not have response messages: call_1.*$/,
  );
});

Deno.test("a scripted server accepts any request without rules, or applies the rules of another family", async () => {
  await using lax = await startScriptedModel(answer(), { rules: "none" });
  await post(lax.baseUrl, unanswered);
  const mistral = await startScriptedModel(answer(), { rules: "mistral" });
  await post(mistral.baseUrl, request([user("a"), calling("call_1"), tool("call_1")]));
  await assert.rejects(mistral.stop(), /A real mistral server refuses request 0 with 400: .*Tool call id was call_1/);
});

Deno.test("a strict scripted server sends the rejection, and uses its script only for accepted requests", async () => {
  await using server = await startScriptedModel(inTurn(answer(stdout("first\n")), answer()), { strict: "mistral" });
  const refused = await post(server.baseUrl, { ...good, prompt_cache_key: "k" });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Extra inputs are not permitted/);
  const taken = await post(server.baseUrl, good);
  assert.match(taken.text, /first/);
  assert.deepEqual(server.requests.map(({ number, body }) => [number, body.prompt_cache_key]), [[0, undefined]]);
  assert.deepEqual(server.refusals.map(({ request, refusal }) => [request.body.prompt_cache_key, refusal.status]), [
    ["k", 422],
  ]);
});

Deno.test("a paced model fails its test after a request that OpenAI would reject", async () => {
  const model = await PacedModel.start(
    { firstTokenMs: 0, tokensPerSecond: 1e6 },
    () => ({ name: "stdout", args: "{}" }),
  );
  assert.equal((await post(model.baseUrl, unanswered)).status, 200);
  await assert.rejects(model[Symbol.asyncDispose](), /A real openai server refuses request 0/);
});
