/**
 * All requests to a model server carry the same credentials, or none.
 *
 * @module
 */

import assert from "node:assert/strict";
import { silentLogger } from "../../src/logger.ts";
import { connectModel, type ModelSettings } from "../../src/model/connect_model.ts";
import { OpenAIModel } from "../../src/model/openai_model.ts";
import { collect, failureOf, modelRequest } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type PlainResponse, type RecordedRequest, startScriptedModel } from "../support/scripted_model_server.ts";

const never = new AbortController().signal;

const settings = { api: "auto" as const, firstByteTimeout: 3_600, stallTimeout: 3_600 };

/** The owner in the lists of servers that are asked for more facts, and the paths that are asked. */
const kinds: Record<string, { owner: string; asked: string[] }> = {
  "llama.cpp": { owner: "llamacpp", asked: ["/props", "/apply-template"] },
  Ollama: { owner: "library", asked: ["/api/ps", "/api/show"] },
  "LM Studio": { owner: "organization_owner", asked: ["/api/v0/models"] },
};

/** Connects to a server with a model of this owner and sends a request. Returns all requests that the server received. */
async function askAll(
  owner: string,
  options: (baseUrl: string) => Omit<ModelSettings, "model" | keyof typeof settings>,
): Promise<RecordedRequest[]> {
  const model = crypto.randomUUID();
  await using server = await startScriptedModel(
    ({ path }) => path.includes("/completions") ? answer(text("ok")) : { status: 404, body: {} },
    {
      models: ({ path }) =>
        /^[^?]*\/v1\/models/.test(path) || path.includes("/deployments/")
          ? { body: { data: [{ id: model, owned_by: owner }] } }
          : { body: {} },
    },
  );
  const connected = await connectModel(
    { ...settings, ...options(server.baseUrl), model },
    silentLogger,
    never,
  );
  await collect(connected, modelRequest());
  return [...server.listings, ...server.requests];
}

const withoutQuery = ({ path }: RecordedRequest) => path.split("?")[0];

for (const [kind, { owner, asked }] of Object.entries(kinds)) {
  Deno.test(`no request to ${kind} has an authorization header if there is no key`, async () => {
    const requests = await askAll(owner, (baseUrl) => ({ baseUrl }));
    const paths = new Set(requests.map(withoutQuery));
    for (const path of ["/v1/models", ...asked, "/v1/chat/completions"]) assert(paths.has(path), path);
    for (const { path, headers } of requests) {
      assert.deepEqual([headers.authorization, headers["api-key"]], [undefined, undefined], path);
      assert(!JSON.stringify(headers).includes("none"), path);
    }
  });

  Deno.test(`every request to ${kind} has the key, the headers and the query`, async () => {
    const headers = { "X-Team": "blue", "X-Other": "Red" };
    const requests = await askAll(owner, (baseUrl) => ({ baseUrl: `${baseUrl}?a=1&b=c%20d`, apiKey: "sk-k", headers }));
    const paths = new Set(requests.map(withoutQuery));
    assert.deepEqual([...paths].toSorted(), ["/v1/models", ...asked, "/v1/chat/completions"].toSorted());
    for (const { path, headers } of requests) {
      assert.deepEqual([headers.authorization, headers["x-team"], headers["x-other"]], ["Bearer sk-k", "blue", "Red"]);
      assert.match(path, /\?a=1&b=c(?:%20|\+)d(?:&model=[\w-]+)?$/);
    }
  });
}

Deno.test("an Authorization among the headers is sent in place of the key", async () => {
  const headers = { AUTHORIZATION: "Basic abc" };
  for (const { path, headers: sent } of await askAll("x", (baseUrl) => ({ baseUrl, apiKey: "sk-k", headers }))) {
    assert.equal(sent.authorization, "Basic abc", path);
  }
});

Deno.test("the user and the password of the address are sent as Authorization and not in the path", async () => {
  const requests = await askAll("library", (baseUrl) => ({
    baseUrl: baseUrl.replace("//", "//me:p%C3%A4%40w@"),
    apiKey: "sk-k",
  }));
  for (const { path, headers } of requests) {
    assert.equal(headers.authorization, `Basic ${new TextEncoder().encode("me:p\u00e4@w").toBase64()}`, path);
    assert.doesNotMatch(path, /me:/);
  }
});

Deno.test("requests to a deployment of Azure have the key as api-key and the version in the query", async () => {
  const requests = await askAll("x", (baseUrl) => ({
    baseUrl: baseUrl.replace("/v1", "/openai/deployments/d?api-version=2024-10-21"),
    apiKey: "azkey",
    organization: "org",
    project: "proj",
  }));
  assert.deepEqual(requests.map(({ path }) => path), [
    "/openai/deployments/d/models?api-version=2024-10-21",
    "/openai/deployments/d/chat/completions?api-version=2024-10-21",
  ]);
  for (const { headers } of requests) {
    assert.deepEqual([headers["api-key"], headers.authorization], ["azkey", undefined]);
    assert.deepEqual([headers["openai-organization"], headers["openai-project"]], ["org", "proj"]);
  }
});

Deno.test("requests to a deployment of Azure have an Entra ID token as Authorization", async () => {
  const apiKey = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln";
  const requests = await askAll("x", (baseUrl) => ({
    baseUrl: baseUrl.replace("/v1", "/openai/deployments/d?api-version=2024-10-21"),
    apiKey,
  }));
  for (const { headers } of requests) {
    assert.deepEqual([headers["api-key"], headers.authorization], [undefined, `Bearer ${apiKey}`]);
  }
});

/** A text with the secrets of a gateway. */
const echo = "x-gate hush-hush-value, bearer hush-hush-token, password hush-hush-pass, query hush-hush-query";

for (
  const [what, response] of Object.entries<PlainResponse>({
    "an error": { status: 400, body: { error: { message: echo } } },
    "plain text": { status: 400, body: echo },
    "an error page": { status: 400, body: `<html><title>${echo}</title>` },
    "a web page": { body: `<html><title>${echo}</title>` },
    "an error with status 200": { body: { error: echo } },
    "a request id": { status: 400, headers: { "x-request-id": echo }, body: { error: { message: "no" } } },
    "an error in the stream": {
      headers: { "content-type": "text/event-stream" },
      body: `data: ${JSON.stringify({ error: { message: echo } })}\n\n`,
    },
  })
) {
  Deno.test(`an error does not show secrets that ${what} repeats`, async () => {
    await using server = await startScriptedModel(response);
    const model = new OpenAIModel({
      model: "m",
      baseUrl: `${server.baseUrl.replace("//", "//me:hush-hush-pass@")}?key=hush-hush-query`,
      headers: { "X-Gate": "hush-hush-value", "X-Auth": "Bearer hush-hush-token" },
      firstByteTimeoutMs: 3_600_000,
      stallTimeoutMs: 3_600_000,
      random: () => 1,
    });
    const { error } = await failureOf(model);
    assert.doesNotMatch(`${error.message} ${error.requestId}`, /hush/);
  });
}
