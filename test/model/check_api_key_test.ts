import assert from "node:assert/strict";
import type { Logger } from "../../src/logger.ts";
import { silentLogger } from "../../src/logger.ts";
import { checkApiKey } from "../../src/model/check_api_key.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const never = new AbortController().signal;

/** Makes a logger that keeps its warnings. */
function recordWarnings(): Logger & { warnings: string[] } {
  const warnings: string[] = [];
  return { ...silentLogger, warnings, warn: (message) => void warnings.push(message) };
}

const options = (baseUrl: string, logger: Logger) => ({ model: "gpt-4o-mini", apiKey: "sk-secret", baseUrl, logger });

Deno.test("checkApiKey() lists the models with the key, the organization and the project", async () => {
  await using server = await startScriptedModel([], { models: { body: { data: [{ id: "gpt-4o-mini" }] } } });
  const logger = recordWarnings();
  await checkApiKey({ ...options(`${server.baseUrl}/`, logger), organization: "org", project: "proj" }, never);
  const [{ path, headers }] = server.listings;
  assert.equal(path, "/v1/models");
  assert.equal(headers["authorization"], "Bearer sk-secret");
  assert.equal(headers["openai-organization"], "org");
  assert.equal(headers["openai-project"], "proj");
  assert.deepEqual(logger.warnings, []);
});

Deno.test("checkApiKey() warns without showing the key when a server refuses it for its list", async () => {
  await using server = await startScriptedModel([], {
    models: { status: 401, body: { error: { message: "bad key sk-secret" } } },
  });
  const logger = recordWarnings();
  await checkApiKey(options(server.baseUrl, logger), never);
  assert.deepEqual(logger.warnings, [
    "the model server does not accept the API key for its list of models; cells fail unless it accepts the key for them",
  ]);
});

Deno.test("checkApiKey() warns that a key is missing when a server asks for one", async () => {
  await using server = await startScriptedModel([], { models: { status: 401 } });
  const logger = recordWarnings();
  await checkApiKey({ ...options(server.baseUrl, logger), apiKey: undefined }, never);
  assert.deepEqual(logger.warnings, [
    "the model server requires an API key, and there is none: give it with --api-key (OPENAI_API_KEY)",
  ]);
});

Deno.test("checkApiKey() warns of a base URL without a path when nothing is found there", async () => {
  await using server = await startScriptedModel({ status: 404 }, { models: { status: 404 } });
  const logger = recordWarnings();
  await checkApiKey(options(`http://${server.host}`, logger), never);
  assert.match(logger.warnings.join(), /^the model server has nothing at the base URL.* most end in \/v1$/);
});

Deno.test("checkApiKey() accepts a base URL without a path that has completions but no list", async () => {
  await using server = await startScriptedModel({ status: 400 }, { models: { status: 404 } });
  const logger = recordWarnings();
  await checkApiKey(options(`http://${server.host}`, logger), never);
  assert.deepEqual(logger.warnings, []);
});

Deno.test("checkApiKey() finds a model that is listed under an equivalent name", async () => {
  await using server = await startScriptedModel([], { models: { body: { data: [{ id: "models/gpt-4o-mini" }] } } });
  const logger = recordWarnings();
  await checkApiKey(options(server.baseUrl, logger), never);
  assert.deepEqual(logger.warnings, []);
});

Deno.test("checkApiKey() warns of a model that is not listed", async () => {
  await using server = await startScriptedModel([], { models: { body: { data: [{ id: "another" }] } } });
  const logger = recordWarnings();
  await checkApiKey(options(server.baseUrl, logger), never);
  assert.match(logger.warnings[0], /does not list/);
});

for (const [what, status] of [["has no list of models", 404], ["does not let this key list models", 403]] as const) {
  Deno.test(`checkApiKey() accepts a server that ${what}`, async () => {
    await using server = await startScriptedModel([], { models: { status, body: "no" } });
    const logger = recordWarnings();
    await checkApiKey(options(server.baseUrl, logger), never);
    assert.deepEqual(logger.warnings, []);
  });
}

Deno.test("checkApiKey() warns of a server that cannot be reached", async () => {
  const server = await startScriptedModel([]);
  await server.stop();
  const logger = recordWarnings();
  await checkApiKey(options(server.baseUrl, logger), never);
  assert.match(logger.warnings[0], /cannot reach/);
});

Deno.test("checkApiKey() rejects when its signal is aborted", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await startScriptedModel([], {
    models: () => {
      asked.resolve();
      return new Promise(() => {});
    },
  });
  const stop = new AbortController();
  const checking = checkApiKey(options(server.baseUrl, silentLogger), stop.signal);
  await asked.promise;
  stop.abort(new Error("told to"));
  await assert.rejects(checking, /told to/);
});
