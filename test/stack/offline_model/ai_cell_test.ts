import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { attach } from "../../support/attached.ts";
import { drawnAnswer } from "../../support/drawn_answer.ts";

Deno.test("an AI cell with the offline model shows that there is no language model and starts no Python", async () => {
  await using server = await startSyncServer();
  await using model = await startOfflineModel();
  const { url: baseUrl, apiKey, name } = model;
  await using at = await attach(server, [], { baseUrl, apiKey, model: name });
  await model.ready();
  const processes = model.pids.length;
  const cell = at.person.addCell("What is a list?", "ai");
  const request = at.person.run(cell);
  await at.person.requestIs(request, "completed", "failed");
  assert.equal(at.person.request(request).status, "completed");
  assert.match(drawnAnswer(at.person, cell), /^There is no language model here: .*`OPENAI_API_KEY`/);
  assert.equal(model.pids.length, processes);
});
