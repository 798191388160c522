import assert from "node:assert/strict";
import { answer, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { runToEnd } from "../command_process.ts";
import { runPermissions } from "./run_process.ts";

/** Runs a cell without `--model` on a server that lists the given models. */
async function runWithout(...ids: string[]) {
  await using server = await startScriptedModel(answer(stdout("hi\n")), {
    models: { body: { data: ids.map((id) => ({ id })) } },
  });
  const environment = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: server.baseUrl };
  const ended = await runToEnd(["run", "-"], { environment, input: "print('hi')\n", permissions: runPermissions });
  return { ...ended, asked: server.requests.map(({ body }) => body.model) };
}

Deno.test("aipython run uses the only model of a server when none is chosen", async () => {
  const { code, stdout, asked } = await runWithout("qwen3");
  assert.deepEqual([code, stdout, asked], [0, "hi\n", ["qwen3"]]);
});

Deno.test("aipython run exits with 2 and lists the models when a server has several and none is chosen", async () => {
  const { code, stderr, asked } = await runWithout("a", "b");
  assert.deepEqual([code, asked], [2, []]);
  assert.match(stderr, /lists a, b: give one of them with --model NAME or set AIPYTHON_MODEL/);
});
