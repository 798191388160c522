import assert from "node:assert/strict";
import { resolveSettings, type SettingSources } from "../../src/options/mod.ts";
import { collectSettings } from "../../src/options/resolve_settings.ts";
import type { AIPythonAgentOptions } from "../../mod.ts";

const required = { notebookId: "n", authToken: "t" };

/** Resolves the settings. Returns those of the model server, and the origin of each. */
function found(sources: SettingSources, given: AIPythonAgentOptions = {}) {
  const { settings: { baseUrl, apiKey, model, api }, origins } = resolveSettings({ ...required, ...given }, sources);
  return { baseUrl, apiKey, model, api, origins };
}

/** Returns the messages about wrong settings. */
function messages(environment: Record<string, string>, given: Record<string, unknown> = {}): string[] {
  return collectSettings({ ...required, ...given }, { environment }, "library").issues.map(({ message }) => message);
}

Deno.test("an API key is required only at OpenAI's own address", () => {
  const missing =
    "missing API key: give the option apiKey (flag --api-key KEY) or set OPENAI_API_KEY, or a server that " +
    "may need none with the option baseUrl (OPENAI_BASE_URL)";
  assert.deepEqual(messages({}), [missing]);
  assert.deepEqual(messages({ OPENAI_API_KEY: " " }), [
    missing.replace(": give", ": OPENAI_API_KEY is set, but empty; give"),
  ]);
  assert.deepEqual(messages({ OPENAI_BASE_URL: "https://api.openai.com/v1/chat/completions" }), [missing]);
  for (const address of ["http://127.0.0.1:8080/v1", "localhost:11434", "https://openai.example/v1"]) {
    assert.deepEqual(messages({ OPENAI_BASE_URL: address, OPENAI_API_KEY: "" }), [], address);
  }
  assert.deepEqual(messages({}, { headers: { authorization: "Bearer x" } }), []);
});

Deno.test("an API key in the environment is used for the server that the environment names", () => {
  const environment = { OPENAI_API_KEY: "sk", OPENAI_BASE_URL: "http://127.0.0.1:8080/v1" };
  assert.equal(found({ environment }).apiKey, "sk");
});

Deno.test("an address that ends in /responses selects the Responses interface unless another one is chosen", () => {
  const environment = { OPENAI_BASE_URL: "https://host/v1/responses" };
  const { baseUrl, api, origins } = found({ environment });
  assert.deepEqual([baseUrl, api], ["https://host/v1", "responses"]);
  assert.deepEqual(origins.api, { source: "environment", name: "OPENAI_BASE_URL" });
  assert.equal(found({ environment }, { api: "chat" }).api, "chat");
  assert.equal(found({ environment: { OPENAI_BASE_URL: "https://host/v1/chat/completions" } }).api, "auto");
});

const RESOURCE = "https://name.openai.azure.com";
const CLASSIC = `${RESOURCE}/openai/deployments/d`;

/** Addresses of Azure, the API version in the environment, and the base URL for the model `my model`. */
const azure: [given: string, version: string | undefined, baseUrl: string][] = [
  [RESOURCE, undefined, `${RESOURCE}/openai/v1`],
  [`${RESOURCE}/`, "preview", `${RESOURCE}/openai/v1`],
  [`${RESOURCE}/openai`, undefined, `${RESOURCE}/openai/v1`],
  [`${RESOURCE}/openai/v1/`, "2024-10-21", `${RESOURCE}/openai/v1`],
  [`${RESOURCE}/openai/v1?api-version=preview`, undefined, `${RESOURCE}/openai/v1?api-version=preview`],
  [RESOURCE, "2024-10-21", `${RESOURCE}/openai/deployments/my%20model?api-version=2024-10-21`],
  [
    `${RESOURCE}?api-version=2025-01-01-preview`,
    "2024-10-21",
    `${RESOURCE}/openai/deployments/my%20model?api-version=2025-01-01-preview`,
  ],
  [CLASSIC, undefined, `${CLASSIC}?api-version=2024-10-21`],
  [CLASSIC, "2023-05-15", `${CLASSIC}?api-version=2023-05-15`],
  [`${CLASSIC}/chat/completions?api-version=2024-02-01`, "2023-05-15", `${CLASSIC}?api-version=2024-02-01`],
  [
    `${RESOURCE}/openai/responses?api-version=2025-04-01-preview`,
    undefined,
    `${RESOURCE}/openai?api-version=2025-04-01-preview`,
  ],
  ["https://name.cognitiveservices.azure.com", undefined, "https://name.cognitiveservices.azure.com/openai/v1"],
  ["https://name.services.ai.azure.com/models", "2024-10-21", "https://name.services.ai.azure.com/models"],
  ["http://127.0.0.1/openai/deployments/d", undefined, "http://127.0.0.1/openai/deployments/d?api-version=2024-10-21"],
  ["https://models.inference.ai.azure.com", "2024-10-21", "https://models.inference.ai.azure.com"],
];

for (const [given, version, baseUrl] of azure) {
  Deno.test(`${given} with the API version ${version} becomes the base URL ${baseUrl}`, () => {
    const environment = { OPENAI_BASE_URL: given, ...(version === undefined ? {} : { OPENAI_API_VERSION: version }) };
    const first = found({ environment }, { model: "my model" });
    assert.equal(first.baseUrl, baseUrl);
    const { api } = first;
    assert.equal(
      found({ environment }, { model: "my model", baseUrl, api }).baseUrl,
      baseUrl,
      "a complete base URL stays the same",
    );
  });
}

Deno.test("Azure's variables are used if OpenAI's are not set", () => {
  const environment = {
    AZURE_OPENAI_ENDPOINT: RESOURCE,
    AZURE_OPENAI_API_KEY: "azkey",
    AZURE_OPENAI_DEPLOYMENT: "d",
    AZURE_OPENAI_API_VERSION: "2024-10-21",
  };
  const { origins, ...all } = found({ environment });
  assert.deepEqual(all, { baseUrl: `${CLASSIC}?api-version=2024-10-21`, apiKey: "azkey", model: "d", api: "auto" });
  assert.deepEqual([origins.baseUrl?.name, origins.apiKey?.name, origins.model?.name], [
    "AZURE_OPENAI_ENDPOINT",
    "AZURE_OPENAI_API_KEY",
    "AZURE_OPENAI_DEPLOYMENT",
  ]);
  const other = found({ environment: { ...environment, OPENAI_BASE_URL: "http://127.0.0.1/v1", AIPYTHON_MODEL: "m" } });
  assert.deepEqual([other.baseUrl, other.apiKey, other.model], ["http://127.0.0.1/v1", undefined, "m"]);
  const openai = found({ environment: { ...environment, OPENAI_API_KEY: "sk" } });
  assert.deepEqual([openai.baseUrl, openai.apiKey, openai.model], ["https://api.openai.com/v1", "sk", "gpt-4o-mini"]);
});

Deno.test("AZURE_OPENAI_API_KEY takes precedence over OPENAI_API_KEY at Azure", () => {
  const environment = { OPENAI_API_KEY: "sk", OPENAI_BASE_URL: RESOURCE };
  const envFile = { AZURE_OPENAI_API_KEY: "azkey" };
  assert.equal(found({ environment, envFile }).apiKey, "azkey");
  assert.equal(found({ environment, envFile }, { apiKey: "given" }).apiKey, "given");
  assert.equal(found({ environment }).apiKey, "sk");
});

Deno.test("the deployment in an address is the model if no other model is chosen", () => {
  const environment = { OPENAI_BASE_URL: `${RESOURCE}/openai/deployments/my%20gpt/chat/completions` };
  const { model, origins } = found({ environment });
  assert.deepEqual([model, origins.model], ["my gpt", { source: "environment", name: "OPENAI_BASE_URL" }]);
  assert.equal(found({ environment }, { model: "m" }).model, "m");
});
