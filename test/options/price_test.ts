/**
 * The price of a model's tokens, given in the settings or known for the model.
 *
 * @module
 */

import assert from "node:assert/strict";
import { chooseModel } from "../../src/model/choose_model.ts";
import { priceOf } from "../../src/options/model_prices.ts";
import { priceKind } from "../../src/options/price_kind.ts";
import { collectSettings } from "../../src/options/resolve_settings.ts";

const OPENAI = "https://api.openai.com/v1";

/** Collects the settings of a command that has a key. */
function collect(given: Record<string, unknown>) {
  const all = { notebookIds: "n", authToken: "t", apiKey: "k", ...given };
  const { settings, issues } = collectSettings(all, {}, "command");
  return { settings, messages: issues.map(({ option, message }) => `${option}: ${message}`) };
}

Deno.test("a price is two numbers, or three with the price of cached tokens in the middle", () => {
  assert.deepEqual(priceKind.read("0.15,0.075,0.60"), { input: 0.15, cachedInput: 0.075, output: 0.6 });
  assert.deepEqual(priceKind.read(" 0.15, .60 "), { input: 0.15, cachedInput: 0.15, output: 0.6 });
  assert.deepEqual(priceKind.read("0,0,0"), { input: 0, cachedInput: 0, output: 0 });
  for (const wrong of ["", "1", "1,", "1,x", "-1,2", "1,1,2,4", "$1,$2", "1e3,1", "2,8,0.5", ".,1", 3, null]) {
    assert.equal(priceKind.read(wrong), undefined, String(wrong));
  }
});

Deno.test("a program gives a price as an object", () => {
  const price = { input: 2, cachedInput: 0.5, output: 8 };
  assert.deepEqual(priceKind.read(price), price);
  assert.equal(priceKind.read({ input: 2, output: 8 }), undefined);
  assert.equal(priceKind.read({ ...price, output: -1 }), undefined);
  assert.equal(priceKind.read({ ...price, output: Infinity }), undefined);
});

Deno.test("a price that is written can be read back", () => {
  const price = { input: 0.15, cachedInput: 0.075, output: 0.6 };
  assert.deepEqual(priceKind.read(priceKind.write!(price)), price);
});

Deno.test("documented models and their snapshots have a known price at OpenAI", () => {
  assert.deepEqual(priceOf({ model: "gpt-4o-mini", baseUrl: OPENAI }), {
    input: 0.15,
    cachedInput: 0.075,
    output: 0.6,
  });
  assert.deepEqual(priceOf({ model: "gpt-5-nano-2025-08-07", baseUrl: OPENAI })?.output, 0.4);
  assert.deepEqual(priceOf({ model: "gpt-6-luna", baseUrl: OPENAI })?.cachedInput, 0.01);
});

Deno.test("the successor of the default model has a known price", () => {
  const { model } = chooseModel({ model: "gpt-4o-mini", isChosen: false, baseUrl: OPENAI, listed: ["another"] });
  assert.notEqual(model, "gpt-4o-mini");
  assert.ok(priceOf({ model, baseUrl: OPENAI }) !== undefined);
});

Deno.test("other models and models of other servers have no known price", () => {
  const models = ["gpt-4o-2024-05-13", "gpt-5-pro", "ft:gpt-4o-mini:me", "constructor", "GPT-4o-mini", "gpt-4o-mini-2"];
  for (const model of models) assert.equal(priceOf({ model, baseUrl: OPENAI }), undefined, model);
  const servers = ["https://openrouter.ai/api/v1", "http://127.0.0.1:11434/v1", "https://eu.api.openai.com/v1"];
  for (const baseUrl of servers) assert.equal(priceOf({ model: "gpt-4o-mini", baseUrl }), undefined, baseUrl);
});

Deno.test("a given price is used for every model", () => {
  const price = { input: 1, cachedInput: 1, output: 1 };
  assert.deepEqual(priceOf({ price, model: "gpt-4o-mini", baseUrl: OPENAI }), price);
  assert.deepEqual(priceOf({ price, model: "llama3.2", baseUrl: "http://127.0.0.1:11434/v1" }), price);
});

Deno.test("the message about a wrong price shows the expected format", () => {
  assert.match(
    collect({ price: "cheap" }).messages.join("\n"),
    /^price: wrong price "cheap" \(from --price\): expected IN,CACHED,OUT in dollars per million tokens, as in 0\.15,0\.075,0\.60.*give --price IN,CACHED,OUT or set AIPYTHON_PRICE$/,
  );
});

Deno.test("a cost limit requires a price if the model's price is not known", () => {
  const limit = { maxCostPerSession: "0.50" };
  assert.deepEqual(collect(limit).messages, []);
  assert.equal(collect(limit).settings.maxCostPerSession, 0.5);
  const elsewhere = { ...limit, baseUrl: "http://127.0.0.1:11434/v1", model: "llama3.2" };
  assert.deepEqual(collect(elsewhere).messages, [
    "price: missing price: the cost limit (--max-cost-per-session, AIPYTHON_MAX_COST_PER_SESSION) is in dollars, but the price of " +
    "llama3.2 at 127.0.0.1:11434 is not known; give --price IN,CACHED,OUT or set AIPYTHON_PRICE to the price of a " +
    "million tokens, as in 0.15,0.075,0.60",
  ]);
  assert.deepEqual(collect({ ...elsewhere, price: "1,2" }).messages, []);
  assert.deepEqual(collect({ ...elsewhere, maxCostPerSession: "0" }).messages, []);
  assert.equal(collect({ ...elsewhere, price: "cheap" }).messages.length, 1);
});

Deno.test("a cost limit that is not a number of dollars is rejected", () => {
  for (const wrong of ["-1", "1e3", "$5", "much"]) {
    assert.match(
      collect({ maxCostPerSession: wrong }).messages[0],
      /wrong cost limit .*expected a number of dollars, 0 or more/,
    );
  }
});
