/**
 * The sources from which the command reads the model's settings, and the key that its agents send.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { answer, result } from "../../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../../test/support/scripted_model_server.ts";
import type { SettingsView } from "../../server/settings/settings_view.ts";
import { startNotebookCommand } from "./notebook_command.ts";
import { readCookie } from "./test_site.ts";

/** Runs the command on a new folder, calls the test with a function that sends requests, and stops the command. */
async function ask(
  flags: string[],
  environment: Record<string, string>,
  files: Record<string, string>,
  test: (ask: (method: string, path: string, body?: unknown) => Promise<unknown>) => Promise<void>,
): Promise<{ screen: string; complaints: string }> {
  const folder = await Deno.makeTempDir({ prefix: "notebook-settings-" });
  try {
    for (const [name, text] of Object.entries({ "notebooks.json": "[]", ...files })) {
      await Deno.writeTextFile(join(folder, name), text);
    }
    const named = flags.map((flag) => flag.replace("FOLDER", folder));
    const command = startNotebookCommand(["--port", "0", "--data-dir", folder, ...named], environment);
    const address = await command.serving;
    const cookie = await readCookie(address);
    try {
      await test(async (method, path, body) => {
        const init = { method, headers: { cookie }, body: body === undefined ? undefined : JSON.stringify(body) };
        return await (await fetch(new URL(path, address), init)).json();
      });
    } finally {
      await command.stop("SIGINT");
    }
    return await command.ended;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the panel shows values of flags, the environment and the env file with their sources", async () => {
  const { screen } = await ask(
    ["--env-file", "FOLDER/my.env", "--reasoning", "off"],
    { AIPYTHON_TOOL_MODE: "text" },
    { "my.env": "OPENAI_BASE_URL=http://127.0.0.1:9/v1\nAIPYTHON_MODEL=from-file\nAIPYTHON_TOOL_MODE=sequential\n" },
    async (ask) => {
      const { fields, isOffline } = await ask("GET", "/api/settings") as SettingsView;
      const shown = Object.fromEntries(fields.map(({ name, value, from }) => [name, `${value}: ${from}`]));
      assert.equal(isOffline, false);
      assert.equal(shown.baseUrl, "http://127.0.0.1:9/v1: OPENAI_BASE_URL in the env file");
      assert.equal(shown.model, "from-file: AIPYTHON_MODEL in the env file");
      assert.equal(shown.toolMode, "text: AIPYTHON_TOOL_MODE");
      assert.equal(shown.reasoning, "off: --reasoning");
    },
  );
  assert.match(screen, /Model +from-file\n/);
});

Deno.test("no agent sends the environment's key to an address from the panel", async () => {
  await using model = await startScriptedModel(answer(result("1")), { models: { body: { data: [{ id: "m" }] } } });
  const settings = JSON.stringify({ baseUrl: model.baseUrl, model: "m" });
  const environment = { OPENAI_API_KEY: "sk-of-the-environment", OPENAI_ORGANIZATION: "org-of-the-environment" };
  await ask([], environment, { "settings.json": settings }, async (ask) => {
    const { id } = await ask("POST", "/api/notebooks", {}) as { id: string };
    const status = await ask("POST", `/api/notebooks/${id}/runtime`) as { state: string; model: string };
    assert.deepEqual([status.state, status.model], ["ready", "m"]);
    assert.equal(model.listings.length, 1);
    assert.ok(!JSON.stringify(model.listings[0].headers).includes("of-the-environment"));
  });
});

Deno.test("a wrong setting is reported, and the page still opens", async () => {
  const { complaints } = await ask([], { OPENAI_BASE_URL: "nonsense" }, {}, async (ask) => {
    const { issues, isOffline } = await ask("GET", "/api/settings") as SettingsView;
    assert.equal(isOffline, false);
    assert.match(issues.join(), /^wrong base URL "nonsense" \(from OPENAI_BASE_URL\)/);
  });
  assert.match(complaints, /^notebook: wrong base URL "nonsense"/);
});
