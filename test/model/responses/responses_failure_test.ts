/**
 * Errors that end a stream of the Responses interface become a ModelError that describes them.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ModelError } from "../../../src/errors.ts";
import { describeFailure } from "../../../src/model/failure/describe_failure.ts";
import { ResponsesFailure, toResponsesFailure } from "../../../src/model/responses/responses_failure.ts";
import { ResponsesReader } from "../../../src/model/responses/responses_reader.ts";
import { type ResponsesEvent, ResponsesWriter } from "../../../stack/strict_model/responses_writer.ts";
import { TEST_KEY } from "../../support/model_requests.ts";
import { IDENTITY, readAll, USAGE } from "./reply.ts";

type Code = Parameters<ResponsesWriter["fail"]>[0]["code"];

/** Returns the failure that events with an error at their end lead to. */
function failureOf(events: readonly unknown[]) {
  const reader = new ResponsesReader();
  try {
    readAll(events, reader);
  } catch (error) {
    assert.ok(error instanceof ResponsesFailure, `${error}`);
    const attempt = {
      host: "HOST",
      address: "http://HOST/v1/responses",
      model: "gpt-6-luna",
      secrets: [TEST_KEY],
      isAuthorized: true,
      opened: reader.opened,
      begun: reader.begun,
    };
    const response = { status: 200, headers: new Headers({ "x-request-id": "req_7" }), head: "", ended: false };
    const failure = describeFailure(error, { ...attempt, response });
    assert.ok(failure.error instanceof ModelError);
    assert.equal(reader.finished, false);
    return { ...failure, reader };
  }
  assert.fail("expected an error");
}

/** Returns the events of an answer that ends with an error, in each of the two forms of errors. */
function failing(code: string, message: string, begun = false): ResponsesEvent[][] {
  const write = (end: (writer: ResponsesWriter) => ResponsesEvent[]) => {
    const writer = new ResponsesWriter(IDENTITY);
    return [...writer.begin(), ...(begun ? writer.call("stdout", "call_A") : []), ...end(writer)];
  };
  return [
    write((writer) => writer.fail({ code: code as Code, message }, USAGE)),
    write((writer) => writer.error({ code, message })),
  ];
}

for (
  const [code, kind, retryable] of [
    ["server_error", "server_error", true],
    ["server_is_overloaded", "server_error", true],
    ["rate_limit_exceeded", "rate_limited", true],
    ["insufficient_quota", "rate_limited", false],
    ["invalid_prompt", "bad_request", false],
    ["data_residency_mismatch", "bad_request", false],
    ["model_not_found", "bad_request", false],
    ["bio_policy", "content_filter", false],
    ["misalignment_policy_violation", "content_filter", false],
  ] as const
) {
  Deno.test(`an answer that ends with "${code}" fails as "${kind}" and quotes the provider`, () => {
    for (const events of failing(code, `It was ${code}.`)) {
      const failure = failureOf(events);
      assert.equal(failure.error.kind, kind);
      assert.equal(
        failure.error.message,
        `HOST gave an error instead of an answer: "It was ${code}". Run the cell again.`,
      );
      assert.equal(failure.error.requestId, "req_7");
      assert.equal(failure.retryable, retryable);
    }
  });
}

Deno.test("an answer that ends because its request is too long fails as too_long", () => {
  for (const events of failing("context_length_exceeded", "Your input exceeds the context window of this model.")) {
    const failure = failureOf(events);
    assert.deepEqual([failure.error.kind, failure.retryable], ["too_long", false]);
    assert.match(
      failure.error.message,
      /^The request is too long for the model .*: "Your input exceeds the context window/,
    );
  }
});

Deno.test("an answer that fails after it has begun is reported as broken off", () => {
  for (const events of failing("server_error", "Sorry.", true)) {
    const { error, reader } = failureOf(events);
    assert.equal(error.message, 'HOST broke off its answer: "Sorry". Run the cell again.');
    assert.equal(reader.begun, true);
  }
});

Deno.test("an answer that fails still reports its usage", () => {
  const [[...events]] = failing("server_error", "Sorry.");
  assert.deepEqual(failureOf(events).reader.usage, { input: 2_000, cachedInput: 1_920, output: 70, reasoning: 30 });
});

Deno.test("an error message does not show the API key", () => {
  for (const events of failing("server_error", `Bad key ${TEST_KEY}.`)) {
    assert.match(failureOf(events).error.message, /"Bad key \[API key\]"/);
  }
});

Deno.test("errors that are nested, have no code or are empty are still errors", () => {
  const nested = { type: "error", error: { type: "insufficient_quota", code: "insufficient_quota", message: "Pay." } };
  assert.equal(failureOf([nested]).error.kind, "rate_limited");
  assert.equal(failureOf([{ type: "error", code: null, message: "Oops." }]).error.kind, "server_error");
  for (const silent of [{ type: "error" }, { type: "response.failed", response: null }, { type: "response.failed" }]) {
    assert.equal(failureOf([silent]).error.message, "HOST gave an error instead of an answer. Run the cell again.");
  }
});

Deno.test("a completed answer with the status failed is a failure", () => {
  const response = { status: "failed", error: { code: "rate_limit_exceeded", message: "Slow down." } };
  assert.equal(failureOf([{ type: "response.completed", response }]).error.kind, "rate_limited");
});

Deno.test("toResponsesFailure() returns errors that did not come in a stream unchanged", () => {
  const refused = Object.assign(new Error("no"), { status: 400, headers: undefined, error: { message: "no" } });
  const unreachable = Object.assign(new Error("no"), { status: undefined, headers: undefined, error: undefined });
  for (const error of [refused, unreachable, new Error("x"), new ResponsesFailure({}), "reason"]) {
    assert.equal(toResponsesFailure(error), error);
  }
});
