import assert from "node:assert/strict";
import { RefusedError } from "../../mod.ts";
import type { Logger } from "../../src/logger.ts";
import { silentLogger } from "../../src/logger.ts";
import { checkApiKey } from "../../src/model/check_api_key.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const never = new AbortController().signal;

/** A logger that keeps its warnings. */
function recordWarnings(): Logger & { warnings: string[] } {
  const warnings: string[] = [];
  return { ...silentLogger, warnings, warn: (message) => void warnings.push(message) };
}

const options = (baseUrl: string, logger: Logger) => ({ model: "gpt-4o-mini", apiKey: "sk-secret", baseUrl, logger });

Deno.test("checkApiKey() asks for the list of models, with the key, the organization and the project", async () => {
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

Deno.test("checkApiKey() throws when the server refuses the key, without showing it", async () => {
  await using server = await startScriptedModel([], {
    models: { status: 401, body: { error: { message: "bad key sk-secret" } } },
  });
  await assert.rejects(checkApiKey(options(server.baseUrl, silentLogger), never), (error: Error) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.server, "model");
    assert.match(error.message, new RegExp(`${server.host}.*--api-key`));
    assert.doesNotMatch(error.message, /sk-secret/);
    return true;
  });
});

Deno.test("checkApiKey() only warns of a model that is not listed", async () => {
  await using server = await startScriptedModel([], { models: { body: { data: [{ id: "another" }] } } });
  const logger = recordWarnings();
  await checkApiKey(options(server.baseUrl, logger), never);
  assert.match(logger.warnings[0], /does not list/);
});

for (const [what, status] of [["has no such list", 404], ["does not let this key list models", 403]] as const) {
  Deno.test(`checkApiKey() accepts a server that ${what}`, async () => {
    await using server = await startScriptedModel([], { models: { status, body: "no" } });
    const logger = recordWarnings();
    await checkApiKey(options(server.baseUrl, logger), never);
    assert.deepEqual(logger.warnings, []);
  });
}

Deno.test("checkApiKey() only warns of a server that cannot be reached", async () => {
  const server = await startScriptedModel([]);
  await server.stop();
  const logger = recordWarnings();
  await checkApiKey(options(server.baseUrl, logger), never);
  assert.match(logger.warnings[0], /cannot reach/);
});

Deno.test("checkApiKey() gives up when it is told to", async () => {
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
