import assert from "node:assert/strict";
import { answer, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { openRunWorkspaceWith } from "./run_process.ts";

Deno.test("aipython run uses the proxy in HTTP_PROXY, except for hosts in NO_PROXY", async () => {
  await using proxy = await startScriptedModel(answer(stdout("by the proxy\n")));
  await using workspace = await openRunWorkspaceWith(answer(stdout("directly\n")));
  const variables = { HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: "127.0.0.1", AIPYTHON_INSECURE: "true" };
  const direct = await workspace.run(["-"], "a()\n", variables);
  assert.equal(direct.stdout, "directly\n", direct.stderr);
  assert.equal(proxy.requests.length, 0);
  const other = await workspace.run(["-"], "a()\n", { ...variables, OPENAI_BASE_URL: "http://model.example/v1" });
  assert.equal(other.stdout, "by the proxy\n", other.stderr);
  assert.deepEqual([...proxy.listings, ...proxy.requests].map(({ path }) => path), [
    "http://model.example/v1/models",
    "http://model.example/v1/chat/completions",
  ]);
});
