/**
 * Errors that are built to take long are reported as fast as others. Each of these took minutes with a pattern, or a text within a text,
 * that is searched for at every position of a body.
 *
 * @module
 */

import assert from "node:assert/strict";
import { HastyClock } from "../../support/hasty_clock.ts";
import { failureOf, openAIModel } from "../../support/model_requests.ts";
import { raw, text } from "../../support/scripted_answer.ts";
import { type PlainResponse, startScriptedModel } from "../../support/scripted_model_server.ts";

/** How many characters an error has: close to all that is read of it. */
const LENGTH = 1_000_000;

const repeat = (word: string) => word.repeat(LENGTH / word.length);
const nested = (value: unknown, depth: number) => "[".repeat(depth) + JSON.stringify(value) + "]".repeat(depth);
const message = (words: string) => JSON.stringify({ error: { message: words } });

const bodies: Record<string, string> = {
  "words of a call that could not be parsed": repeat("tool call "),
  "the same in JSON without a message": JSON.stringify({ error: { words: repeat("tool call ") } }),
  "a number without end": message(`context_length_exceeded ${repeat("1")}`),
  "a number without end as text": `context_length_exceeded ${repeat("1")}`,
  "something like a key": message(repeat("a-")),
  "dots of a gateway": message(`litellm.BadRequestError: ${repeat(".")}`),
  "names of errors": message(`litellm.X: ${repeat("Error")}`),
  "quotes and backslashes": message(repeat("\\'\"message")),
  "beginnings of objects": repeat('{"error'),
  "lists": `{"error":{"message":"No","detail":${nested("No", LENGTH / 2 - 100)}}}`,
  "lists in place of an error": nested("No", LENGTH / 2 - 100),
  "objects": '{"error":'.repeat(LENGTH / 10) + "1" + "}".repeat(LENGTH / 10),
  "very many fields": JSON.stringify({
    error: Object.fromEntries(Array.from({ length: LENGTH / 20 }, (_, index) => [`field${index}`, "No"])),
  }),
  "very many errors": JSON.stringify({
    detail: Array.from({ length: LENGTH / 30 }, () => ({ msg: "No", loc: ["a"] })),
  }),
  "beginnings of pages": repeat("<html><title>"),
  "beginnings of scripts": `<html><body>${repeat("<script")}`,
  "blank lines": repeat(" \n"),
  "words of loading": message(repeat("model is ")),
  "words of the context": message(repeat("only context ")),
};

for (const [what, body] of Object.entries(bodies)) {
  Deno.test(`an error that holds ${what} is reported`, async () => {
    const response: PlainResponse = { status: 400, body, headers: { "content-type": "application/json" } };
    await using server = await startScriptedModel(response);
    const { error } = await failureOf(openAIModel(server, { api: "chat" }));
    assert.match(error.kind, /^(?:bad_request|too_long|invalid_answer)$/);
    assert.ok(error.message.length < 700, `the message has ${error.message.length} characters`);
  });

  Deno.test(`an error in a stream that holds ${what} is reported`, async () => {
    const event = `event: error\ndata: ${body.replaceAll("\n", " ")}\n\n`;
    await using server = await startScriptedModel([...text("a"), ...raw(event)]);
    const { error } = await failureOf(openAIModel(server, { api: "chat" }));
    assert.ok(error.message.length < 700, `the message has ${error.message.length} characters`);
  });

  Deno.test(`an error of the Responses interface that holds ${what} is reported`, async () => {
    const value = body.startsWith("{") || body.startsWith("[[") ? body : JSON.stringify(body);
    const event = `data: {"type":"response.failed","response":{"status":"failed","error":{"message":${value}}}}\n\n`;
    await using server = await startScriptedModel(raw(event));
    const { error } = await failureOf(openAIModel(server, { api: "responses", clock: new HastyClock() }));
    assert.ok(error.message.length < 700, `the message has ${error.message.length} characters`);
  });
}

for (const name of ["x-request-id", "location", "retry-after"]) {
  Deno.test(`an error with a long header ${name} is reported`, async () => {
    const response: PlainResponse = { status: 307, headers: { [name]: "a-".repeat(100_000) }, body: "No" };
    await using server = await startScriptedModel(response);
    const { error } = await failureOf(openAIModel(server, { api: "chat" }));
    assert.ok(error.message.length < 1_000, `the message has ${error.message.length} characters`);
    assert.ok((error.requestId ?? "").length < 400);
  });
}
