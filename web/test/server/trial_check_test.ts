/**
 * A long check of the settings: it sends empty lines, and is aborted when its reader leaves.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ManualClock } from "../../../test/support/manual_clock.ts";
import { answer, gate, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import { collectSettings } from "../../../src/options/resolve_settings.ts";
import { modelSettingNames } from "../../server/settings/model_settings.ts";
import { streamCheck } from "../../server/settings/trial_check.ts";

Deno.test("a check that waits for its model sends empty lines and is aborted with its reader", async () => {
  await using model = await startScriptedModel(answer(gate("never"), result("5")));
  const flags = { baseUrl: model.baseUrl, model: "m" };
  const collected = collectSettings(flags, {}, "command", modelSettingNames);
  const clock = new ManualClock();
  const lines = streamCheck(collected, [], new AbortController().signal, clock).pipeThrough(new TextDecoderStream());
  const reader = lines.getReader();
  await model.reached("never");
  clock.advance(20_000);
  let text = "";
  while (!/\n\n/.test(text)) text += (await reader.read()).value;
  assert.match(text, /"label":"model"[^\n]*\n\n$/);
  await reader.cancel();
  await model.disconnected(0);
});
