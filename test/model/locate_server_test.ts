import assert from "node:assert/strict";
import { type LogFields, silentLogger } from "../../src/logger.ts";
import { connectModel } from "../../src/model/connect_model.ts";
import { locateServer } from "../../src/model/locate_server.ts";
import { collect, modelRequest } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type Script, type ScriptedModelServer, startScriptedModel } from "../support/scripted_model_server.ts";

const never = new AbortController().signal;

/** A server that has a list and completions where it has anything. */
function startAt(
  list: string,
  completions: string,
  other: Script = { status: 404, body: "404 page not found" },
): Promise<ScriptedModelServer> {
  return startScriptedModel(({ path }) => path === `${completions}/chat/completions` ? answer(text("ok")) : other, {
    models: ({ path }) => {
      if (path.split("?")[0] === `${list}/models`) return { body: { data: [{ id: "m" }] } };
      return Array.isArray(other) ? { status: 404 } : other;
    },
  });
}

/** The address that a base URL leads to, without the host. */
async function located(server: ScriptedModelServer, path: string): Promise<string> {
  const { baseUrl } = await locateServer({ baseUrl: `http://${server.host}${path}` }, never);
  return baseUrl.replace(`http://${server.host}`, "");
}

Deno.test("locateServer() finds the interface behind /v1 where the base URL lacks it", async () => {
  await using server = await startAt("/v1", "/v1");
  assert.equal(await located(server, ""), "/v1");
  assert.equal(await located(server, "/?a=b"), "/v1?a=b");
  assert.equal(await located(server, "/v1"), "/v1");
});

Deno.test("locateServer() finds it at a server that answers 200 to every path", async () => {
  await using server = await startAt("/v1", "/v1", { body: { error: "Unexpected endpoint or method." } });
  assert.equal(await located(server, ""), "/v1");
});

Deno.test("locateServer() finds it also where the list is not for everybody", async () => {
  await using server = await startScriptedModel({ status: 404 }, {
    models: ({ path }) => ({ status: path === "/v1/models" ? 401 : 404 }),
  });
  assert.equal(await located(server, ""), "/v1");
});

for (
  const [what, status] of [["wants a model", 400], ["wants a key", 401], ["is busy", 429], [
    "is not ready",
    503,
  ]] as const
) {
  Deno.test(`locateServer() keeps a base URL whose server has completions there and ${what}`, async () => {
    await using server = await startScriptedModel({ status, body: {} }, {
      models: ({ path }) => path === "/v1/models" ? { body: { data: [] } } : { status: 404 },
    });
    assert.equal(await located(server, ""), "");
  });
}

Deno.test("locateServer() asks no more than once where there is a list, a version, or a deployment", async () => {
  await using server = await startAt("", "");
  assert.equal(await located(server, ""), "");
  for (const path of ["/v1", "/api/v3", "/v1beta/openai", "/openai/deployments/d"]) {
    assert.equal(await located(server, path), path);
  }
  assert.equal(server.listings.length, 5);
  assert.equal(server.requests.length, 0);
});

Deno.test("connectModel() asks for cells where the interface was found, and says where that is", async () => {
  await using server = await startAt("/v1", "/v1");
  const lines: [string, LogFields | undefined][] = [];
  const logger = { ...silentLogger, info: (message: string, fields?: LogFields) => void lines.push([message, fields]) };
  const model = await connectModel(
    { model: "m", baseUrl: `http://${server.host}`, api: "auto", firstByteTimeout: 3_600, stallTimeout: 3_600 },
    logger,
    never,
  );
  await collect(model, modelRequest());
  assert.equal(server.requests.at(-1)?.path, "/v1/chat/completions");
  assert.deepEqual(lines, [[
    "the model server's interface is at another address: give it as the base URL",
    { address: `${server.baseUrl}` },
  ]]);
});
