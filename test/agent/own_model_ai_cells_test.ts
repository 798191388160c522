/**
 * AI cells of an agent whose model is an object of the program.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Model, ModelError, type ModelRequest } from "../../mod.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { drawnAnswer } from "../support/drawn_answer.ts";

/** A model that answers every question in Markdown, and keeps the requests. */
function answering(text: string) {
  const requests: ModelRequest[] = [];
  const model: Model = {
    name: "greeter",
    async *stream(request) {
      requests.push(request);
      yield { type: "text", delta: text.slice(0, 4) };
      yield { type: "text", delta: text.slice(4) };
      yield { type: "finish", reason: "stop" };
      yield { type: "usage", usage: { input: 20, cachedInput: 0, output: 5 } };
    },
  };
  return { model, requests };
}

const noServer = { baseUrl: undefined, apiKey: undefined };

Deno.test("an own model answers AI cells, is offered no tools, and its tokens are counted", async () => {
  await using server = await startSyncServer();
  const { model, requests } = answering("Use `sum`.");
  await using at = await attach(server, [], { model, ...noServer });
  at.person.addCell("numbers = [1, 2]");
  const cell = at.person.addCell("How do I add numbers?", "ai");
  await at.person.requestIs(at.person.run(cell), "completed");
  assert.equal(drawnAnswer(at.person, cell), "Use `sum`.");
  assert.deepEqual(requests.map(({ tools }) => tools), [[]]);
  assert.match(requests[0].messages.at(-1)!.content!, /numbers = \[1, 2\][\s\S]*How do I add numbers\?/);
  const { requests: count, input, output } = at.agent.usage;
  assert.deepEqual([count, input, output, at.model.requests.length], [1, 20, 5, 0]);
});

Deno.test("an AI cell shows why an own model failed, and the next question is answered", async () => {
  await using server = await startSyncServer();
  const { model: { name, stream } } = answering("Yes.");
  const failures = [new ModelError("rate_limited", "Too many requests. Wait.")];
  const model: Model = {
    name,
    stream(request) {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return stream(request);
    },
  };
  await using at = await attach(server, [], { model, ...noServer });
  const failing = at.person.addCell("Is it so?", "ai");
  await at.person.requestIs(at.person.run(failing), "failed");
  assert.match(JSON.stringify(at.person.outputs(failing)), /Too many requests\. Wait\./);
  const cell = at.person.addCell("And now?", "ai");
  await at.person.requestIs(at.person.run(cell), "completed");
  assert.equal(drawnAnswer(at.person, cell), "Yes.");
});
