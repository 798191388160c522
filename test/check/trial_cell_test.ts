import { systemClock } from "../../src/async/clock.ts";
import assert from "node:assert/strict";
import { checkModelServer } from "../../src/check/model_checks.ts";
import { cellSettingNames } from "../../src/execution/cell_settings.ts";
import { silentLogger } from "../../src/logger.ts";
import { resolveSettings } from "../../src/options/mod.ts";
import { answer, result } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";

const { settings: complete } = resolveSettings({ notebookId: "n", authToken: "t", apiKey: "k", model: "m" }, {
  environment: {},
});

for (const name of cellSettingNames) {
  Deno.test(`the trial cell is not run where the cell setting ${name} is wrong`, async () => {
    await using server = await startScriptedModel(answer(result("5")), { models: { body: { data: [{ id: "m" }] } } });
    const { notebookId: _, ...settings } = { ...complete, baseUrl: server.baseUrl, [name]: undefined };
    const context = {
      settings,
      faulty: new Set([name]),
      isModelChosen: true,
      quote: (text: string) => text,
      logger: silentLogger,
      clock: systemClock,
      signal: new AbortController().signal,
    };
    const results = await Array.fromAsync(checkModelServer(context));
    const [trial] = results.filter((each) => each.name === "exchange");
    assert.match(`${trial.status}: ${trial.message}`, /^skip: not checked: the .* is missing or wrong$/);
    assert.equal(server.requests.length, 0);
  });
}
