/**
 * Servers that answer questions about themselves falsely, slowly or not at all.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { LogFields } from "../../../src/logger.ts";
import { silentLogger } from "../../../src/logger.ts";
import { askServer } from "../../../src/model/servers/ask_server.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { TEST_KEY } from "../../support/model_requests.ts";
import { type PathAnswer, startPathServer } from "../../support/path_server.ts";
import { ask, list, never } from "./ask_server.ts";

Deno.test("askServer() trusts the list of a known service and asks nothing else", async () => {
  const entry = { id: "openai/gpt-oss-120b", ownedBy: "llamacpp", contextLength: 131072 };
  const whom = { baseUrl: "https://openrouter.ai/api/v1", apiKey: TEST_KEY, model: entry.id };
  const lines: string[] = [];
  const logger = { ...silentLogger, debug: (message: string) => void lines.push(message) };
  const facts = await askServer({ ...whom, list: { status: 200, entries: [entry] }, logger }, never);
  assert.deepEqual(facts, { form: undefined, contextLength: 131072, shutdownDate: undefined });
  assert.deepEqual(lines, [], "no question has failed");
});

Deno.test("askServer() asks only a server whose list shows that it can be asked", async () => {
  await using server = await startPathServer({ "/v1/models": list({ id: "some", owned_by: "someone" }) });
  await ask(server, "some");
  assert.deepEqual(server.listings.map(({ path }) => path), ["/v1/models"]);
  assert.deepEqual(server.requests, []);
});

/** Useless answers of servers that can be asked. */
const liars: Record<string, PathAnswer> = {
  "a web page": { headers: { "content-type": "text/html" }, body: "<html><title>Welcome</title></html>" },
  "null": { body: null },
  "values of wrong types": {
    body: {
      prompt: 1,
      chat_template: 1,
      chat_template_caps: "all",
      default_generation_settings: [{ n_ctx: "8192" }],
      capabilities: "tools",
      parameters: 7,
      models: {},
      data: "none",
    },
  },
  "numbers that cannot be counts": {
    body: { default_generation_settings: { n_ctx: -1 }, data: [{ id: "some", max_context_length: 1e300 }] },
  },
  "an error": { status: 500, body: { error: { message: "no" } } },
  "more than is read": { body: "[".padEnd(5_000_000, " ") },
};

/** The owners of models whose servers are asked about themselves. */
const owners = ["llamacpp", "library", "organization_owner"];

/** A server of a model of this owner that answers every question about itself alike. */
const answering = (owner: string, answer: PathAnswer) => ({
  "/v1/models": list({ id: "some", owned_by: owner }),
  "/props": answer,
  "/apply-template": answer,
  "/api/show": answer,
  "/api/ps": answer,
  "/api/v0/models": answer,
});

for (const owner of owners) {
  for (const [name, answer] of Object.entries(liars)) {
    Deno.test(`askServer() learns nothing from a server of models owned by ${owner} that answers with ${name}`, async () => {
      await using server = await startPathServer(answering(owner, answer));
      const { form, contextLength } = await ask(server, "some");
      assert.deepEqual({ form, contextLength }, { form: "silentCells=joined", contextLength: undefined });
    });
  }
}

for (const owner of owners) {
  Deno.test(`askServer() follows no redirect of a server of models owned by ${owner}`, async () => {
    await using other = await startPathServer({});
    const answer = { status: 307, headers: { location: `http://${other.host}/stolen` } };
    await using server = await startPathServer(answering(owner, answer));
    assert.equal((await ask(server, "some")).form, "silentCells=joined");
    assert.deepEqual([...other.listings, ...other.requests], []);
  });
}

for (const owner of owners) {
  Deno.test(`askServer() waits at most 4 s for a server of models owned by ${owner}`, async () => {
    const asked = Promise.withResolvers<void>();
    const hang = () => (asked.resolve(), new Promise<never>(() => {}));
    await using server = await startPathServer({
      "/v1/models": list({ id: "gpt-oss-20b", owned_by: owner, max_model_len: 4096, meta: { n_ctx: 4096 } }),
      "/props": hang,
      "/api/show": hang,
      "/api/v0/models": hang,
    });
    const clock = new ManualClock();
    const lines: [string, LogFields?][] = [];
    const logger = { ...silentLogger, debug: (...line: [string, LogFields?]) => void lines.push(line) };
    const asking = ask(server, "gpt-oss-20b", { clock, logger });
    await asked.promise;
    clock.advance(4_000);
    const { form, formByName, contextLength } = await asking;
    assert.deepEqual(
      { form, formByName, contextLength },
      { form: "parallelCalls=false callsPerTurn=one silentCells=joined", formByName: true, contextLength: 4096 },
      "what is known without an answer",
    );
    assert.deepEqual(lines, [[
      "the model server does not describe its model",
      { message: "Error: no answer within 4 s" },
    ]]);
  });
}

Deno.test("askServer() rejects when its signal is aborted", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await startPathServer({
    "/v1/models": list({ id: "some", owned_by: "llamacpp" }),
    "/props": () => (asked.resolve(), new Promise<never>(() => {})),
  });
  const stop = new AbortController();
  const asking = ask(server, "some", {}, stop.signal);
  await asked.promise;
  stop.abort(new Error("told to"));
  await assert.rejects(asking, /told to/);
});
