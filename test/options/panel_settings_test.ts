import assert from "node:assert/strict";
import type { Environment, PanelSettings } from "../../src/options/mod.ts";
import { collectSettings } from "../../src/options/resolve_settings.ts";
import { describeOrigin } from "../../src/options/setting_origin.ts";

/** The names of the settings that the tests collect. */
const names = ["apiKey", "model", "baseUrl", "headers", "organization", "project", "reasoning"] as const;

interface Case {
  flags?: Record<string, string>;
  environment?: Environment;
  envFile?: Environment;
  panel?: Partial<PanelSettings>;
}

/** Collects the settings from these sources. `from` describes the value of a setting and its origin. */
function collect({ flags = {}, environment, envFile, panel }: Case) {
  const sources = { environment, envFile, panel: { values: {}, keys: {}, ...panel } };
  const { settings, origins, issues, redact } = collectSettings(flags, sources, "command", names);
  const from = (name: typeof names[number]) => `${settings[name]} from ${describeOrigin(origins[name])}`;
  return { settings, issues: issues.map(({ message }) => message), from, redact };
}

const ours = "https://ours.example/v1";
const theirs = "https://theirs.example/v1";

Deno.test("the panel overrides the defaults, but not flags, the environment or the env file", () => {
  const panel = { values: { model: "from-panel", reasoning: "off" } };
  const key = { OPENAI_API_KEY: "sk-environment" };
  const model = { AIPYTHON_MODEL: "from-file" };
  assert.equal(collect({ environment: key, panel }).from("model"), "from-panel from the settings panel");
  assert.equal(collect({ environment: key, panel }).from("reasoning"), "off from the settings panel");
  assert.equal(collect({ environment: key, panel: {} }).from("model"), "gpt-4o-mini from default");
  const inFile = collect({ environment: key, envFile: model, panel });
  assert.equal(inFile.from("model"), "from-file from AIPYTHON_MODEL in the env file");
  const inFlag = collect({ flags: { model: "from-flag" }, environment: key, envFile: model, panel });
  assert.equal(inFlag.from("model"), "from-flag from --model");
});

Deno.test("a value of the panel is read like any other, and a message about a wrong one names the panel", () => {
  const wrong = collect({ panel: { values: { baseUrl: ours, reasoning: "much" } } });
  assert.match(wrong.issues.join(), /^wrong reasoning mode "much" \(from the settings panel\): expected /);
  assert.equal(collect({ panel: { values: { baseUrl: `${ours}/chat/completions` } } }).settings.baseUrl, ours);
});

Deno.test("a key of the panel is used only for the origin that it was entered for", () => {
  const keys = { "https://ours.example": "sk-ours", "https://theirs.example": "sk-theirs" };
  assert.equal(collect({ panel: { values: { baseUrl: ours }, keys } }).settings.apiKey, "sk-ours");
  assert.equal(collect({ panel: { values: { baseUrl: theirs }, keys } }).settings.apiKey, "sk-theirs");
  for (
    const baseUrl of [
      "https://other.example/v1",
      "http://ours.example/v1",
      "https://ours.example:8443/v1",
      "https://ours.example.evil.example/v1",
      "https://ours.example@evil.example/v1",
    ]
  ) {
    assert.equal(collect({ panel: { values: { baseUrl }, keys } }).settings.apiKey, undefined, baseUrl);
  }
  const fixed = collect({ environment: { OPENAI_BASE_URL: theirs }, panel: { values: { baseUrl: ours }, keys } });
  assert.equal(fixed.settings.apiKey, "sk-theirs", "the address of the environment is asked, with its own key");
  assert.match(collect({ panel: { keys } }).issues.join(), /^missing API key/, "the default address has none");
});

Deno.test("a key of the environment takes precedence over a key of the panel for the same origin", () => {
  const panel = { keys: { "https://api.openai.com": "sk-panel" } };
  assert.equal(collect({ panel }).settings.apiKey, "sk-panel");
  assert.equal(collect({ environment: { OPENAI_API_KEY: "sk-environment" }, panel }).settings.apiKey, "sk-environment");
});

Deno.test("credentials of the environment are not used for an address of the panel", () => {
  const credentials = {
    OPENAI_API_KEY: "sk-environment",
    AIPYTHON_HEADERS: "X-Gateway: secret-header",
    OPENAI_ORGANIZATION: "org",
    OPENAI_PROJECT: "proj",
  };
  const sent = (
    result: ReturnType<typeof collect>,
  ) => [result.settings.apiKey, result.settings.headers?.["X-Gateway"], result.settings.organization];
  const all = ["sk-environment", "secret-header", "org"];
  const none = [undefined, undefined, undefined];
  const panel = { values: { baseUrl: theirs } };
  assert.deepEqual(sent(collect({ environment: credentials })), all, "the credentials are for the default server");
  assert.deepEqual(sent(collect({ environment: credentials, panel })), none);
  assert.deepEqual(sent(collect({ envFile: credentials, panel })), none);
  assert.deepEqual(sent(collect({ flags: { apiKey: "sk-flag" }, panel })), none);
  const sameServer = { values: { baseUrl: "https://api.openai.com/v1/" } };
  assert.deepEqual(sent(collect({ environment: credentials, panel: sameServer })), all);
  const withAddress = { ...credentials, OPENAI_BASE_URL: ours };
  assert.deepEqual(sent(collect({ environment: withAddress, panel })), all, "the address of the panel does not count");
  const keys = { "https://theirs.example": "sk-theirs" };
  assert.equal(collect({ environment: credentials, panel: { ...panel, keys } }).settings.apiKey, "sk-theirs");
});

Deno.test("Azure's variables take precedence over the panel, and their key is used only for Azure's endpoint", () => {
  const azure = { AZURE_OPENAI_ENDPOINT: "https://ours.openai.azure.com", AZURE_OPENAI_API_KEY: "azure-key-ours" };
  const panel = { values: { baseUrl: "https://theirs.openai.azure.com", model: "panel-model" } };
  const both = collect({ environment: azure, panel });
  assert.equal(both.settings.baseUrl, "https://ours.openai.azure.com/openai/v1");
  assert.equal(both.settings.apiKey, "azure-key-ours");
  assert.equal(both.from("model"), "panel-model from the settings panel");
  const named = { ...azure, AZURE_OPENAI_DEPLOYMENT: "deployment" };
  assert.equal(collect({ environment: named, panel }).settings.model, "deployment");
  for (const baseUrl of ["https://theirs.openai.azure.com", "https://evil.example/openai/deployments/x"]) {
    const { settings } = collect({
      environment: { AZURE_OPENAI_API_KEY: "azure-key-ours" },
      panel: { values: { baseUrl } },
    });
    assert.equal(settings.apiKey, undefined, baseUrl);
  }
});

Deno.test("all keys of the panel are hidden in messages", () => {
  const { redact } = collect({ panel: { values: { baseUrl: ours }, keys: { "https://theirs.example": "sk-theirs" } } });
  assert.equal(redact("it said sk-theirs"), "it said [hidden]");
});
