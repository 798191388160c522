/**
 * The check of a model at Azure, which lists the models that could be deployed and not the deployed ones.
 *
 * @module
 */

import assert from "node:assert/strict";
import { systemClock } from "../../src/async/clock.ts";
import { checkModelServer } from "../../src/check/model_checks.ts";
import { silentLogger } from "../../src/logger.ts";
import { resolveSettings } from "../../src/options/mod.ts";
import { answer, result } from "../support/scripted_answer.ts";
import { type PlainResponse, startScriptedModel } from "../support/scripted_model_server.ts";

/** Checks a deployment. Returns the results about the key and the model. */
async function check(models: PlainResponse): Promise<string[]> {
  await using server = await startScriptedModel(answer(result("5")), { models });
  const baseUrl = server.baseUrl.replace("/v1", "/openai/deployments/d");
  const { settings: { notebookId: _, ...settings } } = resolveSettings(
    { notebookId: "n", authToken: "t", apiKey: "k", baseUrl },
    { environment: {} },
  );
  const results = await Array.fromAsync(checkModelServer({
    settings,
    isModelChosen: true,
    quote: (text) => text,
    logger: silentLogger,
    clock: systemClock,
    signal: new AbortController().signal,
  }));
  assert.equal(results.find(({ name }) => name === "exchange")?.status, "ok");
  return results.filter(({ name }) => name === "api-key" || name === "model")
    .map(({ status, message }) => `${status}: ${message.replaceAll(server.host, "HOST")}`);
}

Deno.test("a list of deployable models shows that the key works, but not that the deployment exists", async () => {
  assert.deepEqual(await check({ body: { data: [{ id: "gpt-4o" }] } }), [
    "ok: HOST accepts it",
    "skip: not checked: HOST lists the models that could be deployed, not those that are",
  ]);
});

Deno.test("a deployment without a list of models leaves the key and the model unchecked", async () => {
  assert.deepEqual(await check({ status: 404 }), [
    "skip: not checked: HOST has no list of models to try it with (HTTP 404)",
    "skip: not checked: HOST does not list its models (HTTP 404)",
  ]);
});
