import assert from "node:assert/strict";
import { isResponsesAddress, modelAddress } from "../../src/options/model_address.ts";

/** Addresses that people paste, and the base URL that each of them means. */
const pasted: Record<string, string> = {
  "https://api.openai.com/v1": "https://api.openai.com/v1",
  " https://api.mistral.ai/v1/ ": "https://api.mistral.ai/v1",
  "https://host/v1///": "https://host/v1",
  "https://host/v1/chat/completions": "https://host/v1",
  "https://host/v1/chat/completions/": "https://host/v1",
  "https://host/v1/responses": "https://host/v1",
  "https://host/v1/models": "https://host/v1",
  "https://host/v1/completions": "https://host/v1",
  "https://api.anthropic.com/v1/messages": "https://api.anthropic.com/v1",
  "https://api.perplexity.ai/chat/completions": "https://api.perplexity.ai",
  "https://openrouter.ai/api/v1/chat/completions?x=1": "https://openrouter.ai/api/v1?x=1",
  "https://generativelanguage.googleapis.com/v1beta/openai/": "https://generativelanguage.googleapis.com/v1beta/openai",
  "https://generativelanguage.googleapis.com/v1beta/openai/models":
    "https://generativelanguage.googleapis.com/v1beta/openai",
  "https://name.services.ai.azure.com/models?api-version=1": "https://name.services.ai.azure.com/models?api-version=1",
  "https://name.services.ai.azure.com/models/chat/completions": "https://name.services.ai.azure.com/models",
  "https://gw/v1?api-version=1&x=y&x=z": "https://gw/v1?api-version=1&x=y&x=z",
  "https://gw/v1/chat/completions?api-version=1#top": "https://gw/v1?api-version=1",
  "https://user:p%40w@host/v1/": "https://user:p%40w@host/v1",
  "http://localhost:11434": "http://localhost:11434",
  "http://localhost:11434/": "http://localhost:11434",
  "http://localhost:11434/api/chat": "http://localhost:11434",
  "http://localhost:3000/api/chat/completions": "http://localhost:3000/api",
  "localhost:11434": "http://localhost:11434",
  "127.0.0.1:8080/v1": "http://127.0.0.1:8080/v1",
  "[::1]:8080/v1": "http://[::1]:8080/v1",
  "openrouter.ai/api/v1": "https://openrouter.ai/api/v1",
  "gpu-box:8000/v1": "https://gpu-box:8000/v1",
  "HTTPS://Host/v1": "https://host/v1",
  '"http://localhost:1234/v1"': "http://localhost:1234/v1",
  "'localhost:1234/v1'": "http://localhost:1234/v1",
};

for (const [given, baseUrl] of Object.entries(pasted)) {
  Deno.test(`modelAddress reads ${given} as ${baseUrl}`, () => {
    assert.equal(modelAddress.read(given), baseUrl);
    assert.equal(modelAddress.read(baseUrl), baseUrl);
  });
}

Deno.test("modelAddress rejects values that are not the address of a web server", () => {
  const wrong = ["", " ", "wss://host", "https://", "http:/host", "ftp://host", "gpt-4o", "http://[", "localhost:x", 7];
  for (const given of wrong) assert.equal(modelAddress.read(given), undefined, String(given));
});

Deno.test("isResponsesAddress() recognizes the endpoint of the Responses interface", () => {
  const yes = [
    "https://host/v1/responses",
    " https://host/v1/responses/ ",
    '"https://h/responses"',
    "https://h/responses?a=b",
  ];
  const no = ["https://host/v1", "https://host/responses/v1", "https://host/v1?next=/responses", 7, undefined];
  assert.deepEqual(yes.map(isResponsesAddress), yes.map(() => true));
  assert.deepEqual(no.map(isResponsesAddress), no.map(() => false));
});
