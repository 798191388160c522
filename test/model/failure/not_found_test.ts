/**
 * A 404 error means either a wrong address or a model that the server does not have.
 *
 * @module
 */

import assert from "node:assert/strict";
import { failureOf, openAIModel } from "../../support/model_requests.ts";
import { type PlainResponse, startScriptedModel } from "../../support/scripted_model_server.ts";

/** Returns the message for the person when a server answers every request with this response. */
async function messageFor(response: PlainResponse, { model = "gpt-test", path = "/v1" } = {}): Promise<string> {
  await using server = await startScriptedModel(response);
  const baseUrl = server.baseUrl.replace(/\/v1$/, path);
  const { error } = await failureOf(openAIModel({ baseUrl }, { model }));
  assert.equal(error.kind, response.status === 200 ? "not_a_completion" : "bad_request");
  return error.message.replaceAll(server.host, "HOST");
}

/** Answers of servers at an address where there is nothing. */
const nothing: Record<string, PlainResponse> = {
  "llama.cpp": { status: 404, body: { error: { code: 404, message: "File Not Found", type: "not_found_error" } } },
  FastAPI: { status: 404, body: { detail: "Not Found" } },
  "Ollama and Go": { status: 404, headers: { "content-type": "text/plain" }, body: "404 page not found" },
  Azure: { status: 404, body: { error: { code: "404", message: "Resource not found" } } },
  nginx: { status: 404, headers: { "content-type": "text/html" }, body: "<html><title>404 Not Found</title></html>" },
  Express: { status: 404, body: "<!DOCTYPE html><title>Error</title><pre>Cannot POST /v1/chat/completions</pre>" },
  "OpenAI": {
    status: 404,
    body: {
      error: { message: "Invalid URL (POST /v1/v1/chat/completions)", type: "invalid_request_error", code: null },
    },
  },
  Groq: {
    status: 404,
    body: {
      error: {
        message: "Unknown request URL: POST /chat/completions. Please check the URL for typos",
        code: "unknown_url",
      },
    },
  },
  Kong: { status: 404, body: { message: "no Route matched with those values" } },
  Spring: { status: 404, body: { timestamp: 1, status: 404, error: "Not Found", path: "/chat/completions" } },
  "LM Studio": { status: 200, body: { error: "Unexpected endpoint or method. (POST /chat/completions)" } },
  "a page that does not accept POST": { status: 405, body: { detail: "Method Not Allowed" } },
  "an empty body": { status: 404 },
};

for (const [server, response] of Object.entries(nothing)) {
  Deno.test(`the message names the wrong address and suggests another one: ${server}`, async () => {
    const message = await messageFor(response, { path: "" });
    assert.match(message, /^There is nothing at http:\/\/HOST\/(?:chat\/completions|responses) \(\d+\)/);
    assert.match(message, /most end in \/v1, such as http:\/\/HOST\/v1\.$/);
  });
}

/** Answers of servers that do not have the model. */
const unknown: Record<string, PlainResponse> = {
  OpenAI: {
    status: 404,
    body: {
      error: {
        message: "The model `gpt-test` does not exist or you do not have access to it.",
        type: "invalid_request_error",
        code: "model_not_found",
      },
    },
  },
  vLLM: {
    status: 404,
    body: { object: "error", message: "The model `gpt-test` does not exist.", type: "NotFoundError", code: 404 },
  },
  Ollama: {
    status: 404,
    body: { error: { message: 'model "gpt-test" not found, try pulling it first', type: "api_error" } },
  },
  Azure: {
    status: 404,
    body: {
      error: {
        code: "DeploymentNotFound",
        message: "The API deployment for this resource does not exist. Please wait.",
      },
    },
  },
  Anthropic: { status: 404, body: { type: "error", error: { type: "not_found_error", message: "model: gpt-test" } } },
  Gemini: {
    status: 404,
    body: [{
      error: { code: 404, message: "models/gpt-test is not found for API version v1main", status: "NOT_FOUND" },
    }],
  },
  DeepSeek: {
    status: 400,
    body: { error: { message: "Model Not Exist", type: "invalid_request_error", code: "invalid_request_error" } },
  },
  Mistral: {
    status: 400,
    body: { object: "error", message: "Invalid model: gpt-test", type: "invalid_model", code: "1500" },
  },
  OpenRouter: { status: 400, body: { error: { message: "gpt-test is not a valid model ID", code: 400 } } },
  LiteLLM: {
    status: 400,
    body: {
      error: {
        message:
          "/chat/completions: Invalid model name passed in model=gpt-test. Call `/v1/models` to view available models for your key.",
      },
    },
  },
  "LiteLLM with a Python literal": {
    status: 400,
    body: {
      error: {
        message:
          "{'error': '/chat/completions: Invalid model name passed in model=gpt-test. Call `/v1/models` to view.'}",
        type: "None",
      },
    },
  },
  "OpenAI behind LiteLLM": {
    status: 404,
    body: {
      error: {
        message:
          "litellm.NotFoundError: NotFoundError: OpenAIException - The model `gpt-test` does not exist. Received Model Group=gpt-test",
      },
    },
  },
  "Hugging Face": {
    status: 400,
    body: { error: { message: "The requested model 'gpt-test' does not exist", code: "model_not_found" } },
  },
  Fireworks: {
    status: 404,
    body: { error: { message: "Model not found, inaccessible, and/or not deployed", code: "NOT_FOUND" } },
  },
};

for (const [server, response] of Object.entries(unknown)) {
  Deno.test(`the message names the unknown model and how to choose another one: ${server}`, async () => {
    const message = await messageFor(response);
    assert.match(message, new RegExp(`^HOST has no model "gpt-test" \\(${response.status}\\)(?:: ".+")?\\. `));
    assert.match(message, /another one with --model \(AIPYTHON_MODEL\)\.$/);
    assert.equal(/ollama pull gpt-test/.test(message), server === "Ollama");
  });
}

/** Texts that LiteLLM puts around the words of the server behind it. */
const wrap = [
  (words: string) => `litellm.NotFoundError: ${words}`,
  (words: string) =>
    `litellm.NotFoundError: NotFoundError: OpenAIException - ${words}. Received Model Group=gpt-test\nAvailable Model Group Fallbacks=None`,
  (words: string) =>
    `litellm.NotFoundError: OpenAIException - ${words} LiteLLM Retried: 2 times, LiteLLM Max Retries: 2`,
];

for (
  const words of [
    "Invalid URL (POST /v1/chat/completions)",
    "Invalid URL (POST /chat/completions)",
    "Not Found",
    "404 page not found",
    "File Not Found",
    "Error code: 404 - {'detail': 'Not Found'}",
  ]
) {
  Deno.test(`a gateway that reports ${JSON.stringify(words)} passes requests on to a wrong address`, async () => {
    for (const wrapped of wrap) {
      const error = { message: wrapped(words), type: null, param: null, code: "404" };
      const message = await messageFor({ status: 404, body: { error } });
      assert.match(
        message,
        /^HOST passes requests for the model "gpt-test" on to an address where there is nothing \(404\): "litellm/,
      );
      assert.match(message, /\. Correct that address in the settings of HOST \(`api_base` at LiteLLM\)\.$/);
    }
  });
}

Deno.test("the message names both the model and the address if the server does not say which is wrong", async () => {
  const message = await messageFor({
    status: 404,
    body: { error: { message: "No allowed providers are available." } },
  });
  assert.equal(
    message,
    'HOST did not find what was asked for (404): "No allowed providers are available". Check the model "gpt-test" ' +
      "(--model, AIPYTHON_MODEL) and the address http://HOST/v1/chat/completions (--base-url, OPENAI_BASE_URL).",
  );
});

Deno.test("the message suggests no address in place of one that ends in /v1", async () => {
  assert.match(await messageFor({ status: 404, body: "Not found." }), /most end in \/v1\.$/);
});

Deno.test("the message hides the query of a wrong address, which may be secret", async () => {
  const message = await messageFor({ status: 404 }, { path: "/secret?code=hush" });
  assert.match(message, /^There is nothing at http:\/\/HOST\/secret\/chat\/completions\?\[hidden\] \(404\)/);
});

Deno.test("a short model name is not found inside other words", async () => {
  const message = await messageFor({ status: 404, body: { error: { message: "I'm a teapot, not found" } } }, {
    model: "m",
  });
  assert.match(message, /^HOST did not find what was asked for/);
});
