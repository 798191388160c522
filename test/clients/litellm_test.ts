/**
 * The agent at a real LiteLLM proxy, with the offline model behind it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startOfflineModel } from "../../stack/offline_model/offline_model.ts";
import { runToEnd } from "../cli/command_process.ts";
import { runPermissions } from "../cli/run/run_process.ts";
import { recordExchanges } from "../support/recorded_exchanges.ts";
import { pythonTest } from "../support/python_packages.ts";
import { PROXY_KEY, startLiteLLM } from "./litellm_proxy.ts";

const CELLS = `print("a")
1 + 1
# %%
import sys
x = [1, 2]
# %%
print("e", file=sys.stderr)
x * 2
# %%
1 / 0`;

/** An address at which nothing listens: port 9 is reserved for the discard service. */
const NOWHERE = "http://127.0.0.1:9/v1";

pythonTest("aipython run works through LiteLLM's proxy", ["litellm", "fastapi"], async (t) => {
  await using model = await startOfflineModel({ strict: "openai" });
  await using recorder = recordExchanges(model.url);
  const { apiKey } = model;
  const elsewhere = { baseUrl: `${recorder.baseUrl}/elsewhere`, apiKey, model: "m" };
  await using proxy = await startLiteLLM({
    python: { baseUrl: recorder.baseUrl, apiKey, model: model.name },
    elsewhere,
    gone: { baseUrl: NOWHERE, model: "m" },
  });
  /** Returns the model requests for cells. The proxy also requests lists of models at times that it chooses. */
  const asked = () => recorder.exchanges.filter(({ method }) => method === "POST");
  const run = (name: string, input: string, ...flags: string[]) => {
    recorder.exchanges.length = 0;
    const environment = { OPENAI_API_KEY: PROXY_KEY, OPENAI_BASE_URL: proxy.baseUrl, AIPYTHON_MODEL: name };
    return runToEnd(["run", "-", "--allow-errors", ...flags], { input, environment, permissions: runPermissions });
  };

  for (
    const flags of [["--api", "chat"], ["--api", "responses"], ["--tool-mode", "text"], ["--tool-mode", "sequential"]]
  ) {
    await t.step(`cells run with ${flags.join(" ")}`, async () => {
      const { code, stdout, stderr } = await run("python", CELLS, ...flags);
      assert.equal(stdout, "a\n2\n[1, 2, 1, 2]\n", stderr);
      assert.match(stderr, /^e\n/);
      assert.match(stderr, /4 cells, 1 failed, .* simulated by python\n$/);
      assert.doesNotMatch(stderr, /warn|ModelError/);
      assert.equal(code, 1);
      assert.deepEqual(asked().filter(({ status }) => status !== 200), []);
    });
  }

  await t.step("a model that is missing from the proxy's list is reported", async () => {
    const { stderr } = await run("nobody", "1");
    assert.match(stderr, /the model server does not list this model server=127\.0\.0\.1:\d+ model=nobody/);
    assert.match(stderr, /Invalid model name passed in model=nobody/);
    assert.deepEqual(asked(), []);
  });

  for (
    const [name, reason] of [["gone", /Connection error/], [
      "elsewhere",
      /Invalid URL \(POST \/v1\/elsewhere\//,
    ]] as const
  ) {
    await t.step(`the error of the server behind the proxy is shown for the model "${name}"`, async () => {
      const { code, stderr } = await run(name, "1");
      assert.match(stderr, /ModelError: /);
      assert.match(stderr, reason);
      assert.doesNotMatch(stderr, new RegExp(PROXY_KEY));
      assert.equal(code, 1);
    });
  }
});
