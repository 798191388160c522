/**
 * Errors that are built to be slow to read are reported as fast as others. Each of them took minutes when a pattern or a nested text was
 * searched for at every position of the body.
 *
 * @module
 */

import assert from "node:assert/strict";
import { HastyClock } from "../../support/hasty_clock.ts";
import { failureOf, openAIModel } from "../../support/model_requests.ts";
import { raw, text } from "../../support/scripted_answer.ts";
import { type PlainResponse, startScriptedModel } from "../../support/scripted_model_server.ts";

/** Length of an error in characters, close to the maximum that is read. */
const LENGTH = 1_000_000;

const repeat = (word: string) => word.repeat(LENGTH / word.length);
const nested = (value: unknown, depth: number) => "[".repeat(depth) + JSON.stringify(value) + "]".repeat(depth);
const message = (words: string) => JSON.stringify({ error: { message: words } });

const bodies: Record<string, string> = {
  "repeated words about a tool call": repeat("tool call "),
  "repeated words about a tool call in JSON": JSON.stringify({ error: { words: repeat("tool call ") } }),
  "a very long number": message(`context_length_exceeded ${repeat("1")}`),
  "a very long number in plain text": `context_length_exceeded ${repeat("1")}`,
  "a very long text like a key": message(repeat("a-")),
  "many dots after a gateway's prefix": message(`litellm.BadRequestError: ${repeat(".")}`),
  "repeated error names": message(`litellm.X: ${repeat("Error")}`),
  "quotes and backslashes": message(repeat("\\'\"message")),
  "many unclosed objects": repeat('{"error'),
  "deeply nested lists": `{"error":{"message":"No","detail":${nested("No", LENGTH / 2 - 100)}}}`,
  "deeply nested lists in place of an error": nested("No", LENGTH / 2 - 100),
  "deeply nested objects": '{"error":'.repeat(LENGTH / 10) + "1" + "}".repeat(LENGTH / 10),
  "very many fields": JSON.stringify({
    error: Object.fromEntries(Array.from({ length: LENGTH / 20 }, (_, index) => [`field${index}`, "No"])),
  }),
  "very many errors": JSON.stringify({
    detail: Array.from({ length: LENGTH / 30 }, () => ({ msg: "No", loc: ["a"] })),
  }),
  "many unclosed web pages": repeat("<html><title>"),
  "many unclosed scripts": `<html><body>${repeat("<script")}`,
  "blank lines": repeat(" \n"),
  "repeated words about loading": message(repeat("model is ")),
  "repeated words about the context": message(repeat("only context ")),
};

for (const [what, body] of Object.entries(bodies)) {
  Deno.test(`an HTTP error with ${what} is reported in a short message`, async () => {
    const response: PlainResponse = { status: 400, body, headers: { "content-type": "application/json" } };
    await using server = await startScriptedModel(response);
    const { error } = await failureOf(openAIModel(server, { api: "chat" }));
    assert.match(error.kind, /^(?:bad_request|too_long|invalid_answer)$/);
    assert.ok(error.message.length < 700, `the message has ${error.message.length} characters`);
  });

  Deno.test(`an error in a stream with ${what} is reported in a short message`, async () => {
    const event = `event: error\ndata: ${body.replaceAll("\n", " ")}\n\n`;
    await using server = await startScriptedModel([...text("a"), ...raw(event)]);
    const { error } = await failureOf(openAIModel(server, { api: "chat" }));
    assert.ok(error.message.length < 700, `the message has ${error.message.length} characters`);
  });

  Deno.test(`an error of the Responses interface with ${what} is reported in a short message`, async () => {
    const value = body.startsWith("{") || body.startsWith("[[") ? body : JSON.stringify(body);
    const event = `data: {"type":"response.failed","response":{"status":"failed","error":{"message":${value}}}}\n\n`;
    await using server = await startScriptedModel(raw(event));
    const { error } = await failureOf(openAIModel(server, { api: "responses", clock: new HastyClock() }));
    assert.ok(error.message.length < 700, `the message has ${error.message.length} characters`);
  });
}

for (const name of ["x-request-id", "location", "retry-after"]) {
  Deno.test(`an error with a long ${name} header is reported in a short message`, async () => {
    const response: PlainResponse = { status: 307, headers: { [name]: "a-".repeat(100_000) }, body: "No" };
    await using server = await startScriptedModel(response);
    const { error } = await failureOf(openAIModel(server, { api: "chat" }));
    assert.ok(error.message.length < 1_000, `the message has ${error.message.length} characters`);
    assert.ok((error.requestId ?? "").length < 400);
  });
}
