/**
 * The settings panel's presets and `docs/model-servers.md`, which must agree.
 *
 * @module
 */

import assert from "node:assert/strict";
import { modelAddress } from "../../../src/options/model_address.ts";
import { providerPresets } from "../../server/settings/provider_presets.ts";

const document = await Deno.readTextFile(new URL("../../../docs/model-servers.md", import.meta.url));

/** Returns the cells of a table row without markup. */
const cellsOf = (row: string) => row.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""));

const rows = document.split("\n").filter((line) => /^\| \[/.test(line)).map(cellsOf);

/** The models that the document sets, by base URL. */
const models = new Map(
  [...document.matchAll(/OPENAI_BASE_URL=(\S+) AIPYTHON_MODEL=(\S+)/g)].map(([, url, model]) => [url, model]),
);

Deno.test("the presets have the names, base URLs, keys and order of the document's servers", () => {
  assert.ok(rows.length > 10);
  const documented = rows.map(([name, baseUrl, key]) => ({
    name: /^\[(.*?)\]/.exec(name)![1],
    baseUrl: baseUrl === "not needed" ? "https://api.openai.com/v1" : baseUrl,
    key,
  }));
  assert.deepEqual(providerPresets.map(({ name, baseUrl, key }) => ({ name, baseUrl, key })), documented);
});

Deno.test("the presets have the models that the document names", () => {
  for (const { name, baseUrl, model } of providerPresets) {
    if (name === "OpenAI") assert.ok(document.includes(`AIPYTHON_MODEL=${model}\n`));
    // The document's model for LiteLLM is only an example.
    else if (name !== "LiteLLM") assert.equal(model, models.get(baseUrl), name);
  }
});

Deno.test("each preset's address is a complete base URL", () => {
  for (const { name, baseUrl } of providerPresets) {
    assert.equal(modelAddress.read(baseUrl), baseUrl.replace("NAME", "name"), name);
  }
});
