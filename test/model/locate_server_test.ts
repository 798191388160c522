import assert from "node:assert/strict";
import { type LogFields, silentLogger } from "../../src/logger.ts";
import { connectModel } from "../../src/model/connect_model.ts";
import { locateServer } from "../../src/model/locate_server.ts";
import { collect, modelRequest } from "../support/model_requests.ts";
import { answer, text } from "../support/scripted_answer.ts";
import { type Script, type ScriptedModelServer, startScriptedModel } from "../support/scripted_model_server.ts";

const never = new AbortController().signal;

/** Starts a server with a list of models below one path and completions below another. Other paths answer with `other`. */
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

/** Returns the base URL that is located for a path at this server, without the host. */
async function located(server: ScriptedModelServer, path: string): Promise<string> {
  const { baseUrl } = await locateServer({ baseUrl: `http://${server.host}${path}` }, never);
  return baseUrl.replace(`http://${server.host}`, "");
}

Deno.test("locateServer() adds /v1 to a base URL that lacks it", async () => {
  await using server = await startAt("/v1", "/v1");
  assert.equal(await located(server, ""), "/v1");
  assert.equal(await located(server, "/?a=b"), "/v1?a=b");
  assert.equal(await located(server, "/v1"), "/v1");
});

Deno.test("locateServer() adds /v1 at a server that answers 200 to every path", async () => {
  await using server = await startAt("/v1", "/v1", { body: { error: "Unexpected endpoint or method." } });
  assert.equal(await located(server, ""), "/v1");
});

Deno.test("locateServer() adds /v1 even if the list there requires a key", async () => {
  await using server = await startScriptedModel({ status: 404 }, {
    models: ({ path }) => ({ status: path === "/v1/models" ? 401 : 404 }),
  });
  assert.equal(await located(server, ""), "/v1");
});

for (
  const [what, status] of [["requires a model", 400], ["requires a key", 401], ["is busy", 429], [
    "is not ready",
    503,
  ]] as const
) {
  Deno.test(`locateServer() keeps a base URL with completions at a server that ${what}`, async () => {
    await using server = await startScriptedModel({ status, body: {} }, {
      models: ({ path }) => path === "/v1/models" ? { body: { data: [] } } : { status: 404 },
    });
    assert.equal(await located(server, ""), "");
  });
}

Deno.test("locateServer() asks only once if the base URL has a list, a version or a deployment", async () => {
  await using server = await startAt("", "");
  assert.equal(await located(server, ""), "");
  for (const path of ["/v1", "/api/v3", "/v1beta/openai", "/openai/deployments/d"]) {
    assert.equal(await located(server, path), path);
  }
  assert.equal(server.listings.length, 5);
  assert.equal(server.requests.length, 0);
});

Deno.test("connectModel() sends requests to the located interface and logs its address", async () => {
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
