/**
 * A server's reason is quoted in the message, whether it comes as an HTTP error, as a success or in the stream.
 *
 * @module
 */

import assert from "node:assert/strict";
import { wholeError } from "../../src/model/failure/error_response.ts";
import { describeHttpFailure } from "../../src/model/failure/http_failure.ts";
import { StreamedError } from "../../src/model/stream_errors.ts";
import type { OpenAIModelOptions } from "../../src/model/openai_model.ts";
import { silentLogger } from "../../src/logger.ts";
import { HastyClock } from "../support/hasty_clock.ts";
import { failureOf, openAIModel } from "../support/model_requests.ts";
import { done, gate, raw } from "../support/scripted_answer.ts";
import { type Script, startScriptedModel } from "../support/scripted_model_server.ts";

/** Returns the kind and the message of the failure when a server answers every request with this script. */
async function failureFor(script: Script, options: Partial<OpenAIModelOptions> = {}) {
  await using server = await startScriptedModel(script);
  const { error } = await failureOf(openAIModel(server, { clock: new HastyClock(), ...options }));
  return { kind: error.kind, message: error.message.replaceAll(server.host, "HOST") };
}

/** Bodies of HTTP errors whose reason the openai package alone would lose. */
const bodies: Record<string, unknown> = {
  "an error object": { error: { message: "the reason" } },
  "a message beside an error string": { statusCode: 400, error: "Bad Request", message: "the reason" },
  "a message beside a null error": { error: null, message: "the reason" },
  "a message beside an error that is true": { error: true, message: "the reason" },
  "a detail field": { detail: "the reason" },
  "a list": [{ error: { message: "the reason" } }],
  "a JSON string": '"the reason"',
  "plain text": "the reason",
  "a web page": "<html><title>the reason</title></html>",
  "an event stream": 'event: error\ndata: {"type":"error","error":{"message":"the reason"}}\n\n',
};

for (const [what, body] of Object.entries(bodies)) {
  for (const status of [400, 401, 403, 429, 500]) {
    Deno.test(`the reason of a ${status} error is quoted from ${what}`, async () => {
      assert.match((await failureFor({ status, body })).message, new RegExp(`\\(${status}\\): "the reason"\\.`));
    });
  }
}

/** Failures with a success status. */
const successes: Record<string, Script> = {
  "JSON with an error object": { body: { error: { message: "the reason" } } },
  "JSON with an error string": { body: { error: "the reason" } },
  "JSON with a detail field": { body: { detail: "the reason" } },
  "a list": { body: [{ error: { message: "the reason" } }] },
  "a stream with an error object": raw('data: {"error":{"message":"the reason"}}\n\n'),
  "a stream with an error string": raw('data: {"error":"the reason"}\n\n'),
  "a stream with an error event in plain text": raw("event: error\ndata: the reason\n\n"),
  "a stream with a list": raw('data: [{"error":{"message":"the reason"}}]\n\n'),
  "a stream with a detail field": [...raw(': ping\n\ndata: {"detail":"the reason"}\n\n'), ...done()],
  "a stream with plain text": raw("data: the reason\n\n"),
  "a stream with a line that begins with error:": raw('error: {"message":"the reason"}\n\n'),
};

for (const [what, script] of Object.entries(successes)) {
  Deno.test(`the reason of a failure with status 200 is quoted from ${what}`, async () => {
    assert.match((await failureFor(script)).message, /: "the reason"\./);
  });
}

Deno.test("an error line that arrives in pieces is reported like a whole one", async () => {
  const [begun, ended] = ["err", 'or: {"code":500,"message":"the reason","type":"server_error"}\n\n'];
  await using server = await startScriptedModel([...raw(begun), ...gate("begun"), ...raw(ended)]);
  const logger = { ...silentLogger, debug: (message: string) => message === "First bytes" && server.open("begun") };
  const { error: { kind, message } } = await failureOf(openAIModel(server, { clock: new HastyClock(), logger }));
  assert.deepEqual({ kind, message: message.replaceAll(server.host, "HOST") }, {
    kind: "server_error",
    message: 'HOST failed (500): "the reason". Run the cell again in a while.',
  });
  assert.deepEqual(await failureFor(raw(begun + ended)), { kind, message: message.replaceAll(server.host, "HOST") });
});

Deno.test("an error in a successful response is treated like the HTTP status that it names", async () => {
  const said = { error: { message: "Provider returned error", code: 502, metadata: { raw: "overloaded" } } };
  assert.deepEqual(await failureFor({ body: said }), {
    kind: "server_error",
    message: 'HOST failed (502): "Provider returned error: overloaded". Run the cell again in a while.',
  });
  assert.equal((await failureFor({ body: { error: { message: "No", code: "401" } } })).kind, "refused");
});

Deno.test("the message distinguishes a missing API key from a refused one", async () => {
  const said = { detail: "Not authenticated" };
  assert.match(
    (await failureFor({ status: 401, body: said })).message,
    /^HOST refused the API key \(401\): "Not authenticated"\./,
  );
  const address = "http://HOST/v1/chat/completions";
  const attempt = {
    host: "HOST",
    address,
    model: "gpt-test",
    secrets: [],
    isAuthorized: false,
    opened: false,
    begun: false,
  };
  assert.equal(
    describeHttpFailure(new StreamedError(said), 401, attempt).error.message,
    'HOST requires an API key (401): "Not authenticated". Set OPENAI_API_KEY to a key that is valid there.',
  );
});

for (
  const [status, body, kind, message] of [
    [
      400,
      [{ error: { code: 400, message: "API key not valid. Please pass a valid API key." } }],
      "refused",
      /^HOST refused the API key \(400\)/,
    ],
    [
      402,
      { error: { message: "Insufficient Balance" } },
      "rate_limited",
      /^The quota .* is used up \(402\): "Insufficient Balance"\. Add credit/,
    ],
    [403, { message: "Forbidden: team budget exceeded" }, "refused", /"Forbidden: team budget exceeded"/],
    [425, {}, "server_error", /^HOST failed \(425\)\./],
  ] as const
) {
  Deno.test(`status ${status} with ${JSON.stringify(body)} fails as ${kind}`, async () => {
    const failure = await failureFor({ status, body });
    assert.equal(failure.kind, kind);
    assert.match(failure.message, message);
  });
}

Deno.test("a stream that ends right after the server has confirmed the request is retried", async () => {
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  const created = raw('data: {"type":"response.created","response":{"id":"r","status":"in_progress"}}\n\n');
  const { kind, message } = await failureFor(created, { api: "responses", logger });
  assert.equal(kind, "unreachable");
  assert.equal(message, "HOST accepted the request, but the stream ended before the answer began. Run the cell again.");
  assert.equal(warnings.length, 2);
});

Deno.test("a stream that contains only comments is an empty answer", async () => {
  assert.match((await failureFor(raw(": ping\n\n: ping\n\n"))).message, /^HOST gave an empty answer \(200\)\. /);
});

Deno.test("wholeError() keeps bodies that the openai package passes on whole", () => {
  for (const body of ['{"error":{"message":"No"}}', '{"error":"No"}', "No", "<p>No", "", "[1]", "12"]) {
    assert.equal(wholeError(body), body);
  }
});
