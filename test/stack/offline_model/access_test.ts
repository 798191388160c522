/**
 * Access to the offline model, which runs the code that it is sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { type OfflineModel, startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { body, headersOf } from "./support.ts";

type Headers = Record<string, string | undefined>;

/** Sends a request with exactly these headers, as no client of ours could. */
async function send(
  model: OfflineModel,
  headers: Headers,
  { method = "POST", path = "/chat/completions" } = {},
): Promise<{ status?: number; headers: IncomingMessage["headers"]; answer: string }> {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const sending = request(`${model.url}${path}`, { method, headers: given as Record<string, string>, agent: false });
  sending.end(method === "POST" ? JSON.stringify({ ...body(["'ran'"]), stream: false }) : undefined);
  const [response]: [IncomingMessage] = await once(sending, "response") as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, answer: await text(response) };
}

/** Requests that are refused: what is other than in one that is taken, and how they are refused. */
const REFUSED: [what: string, headers: (port: string) => Headers, status: number, code: string, message: RegExp][] = [
  ["without a key", () => ({ authorization: undefined }), 401, "invalid_api_key", /There is no API key/],
  ["with another key", () => ({ authorization: "Bearer none" }), 401, "invalid_api_key", /not the right one/],
  ["with the key of a user", () => ({ authorization: "Basic bm9uZTpub25l" }), 401, "invalid_api_key", /no API key/],
  ["to a name that was made to lead here", (p) => ({ host: `evil.example:${p}` }), 421, "wrong_host", /answers at/],
  ["to another port", () => ({ host: "127.0.0.1:1" }), 421, "wrong_host", /answers at 127\.0\.0\.1:\d+ and localhost:/],
  ["to no port", () => ({ host: "localhost" }), 421, "wrong_host", /answers at/],
  ["to a name that begins like ours", (p) => ({ host: `127.0.0.1.evil.example:${p}` }), 421, "wrong_host", /at/],
  ["of another site's page", () => ({ origin: "https://evil.example" }), 403, "foreign_origin", /other sites/],
  ["of a page on another port", () => ({ origin: "http://localhost:8765" }), 403, "foreign_origin", /other sites/],
  ["of a page without an origin", () => ({ origin: "null" }), 403, "foreign_origin", /other sites/],
  ["that a browser calls cross-site", () => ({ "sec-fetch-site": "cross-site" }), 403, "foreign_origin", /sites/],
  ["that a browser calls same-site", () => ({ "sec-fetch-site": "same-site" }), 403, "foreign_origin", /sites/],
  ["with a form's text", () => ({ "content-type": "text/plain" }), 415, "unsupported_media_type", /got text\/plain/],
  ["with a form", () => ({ "content-type": "application/x-www-form-urlencoded" }), 415, "unsupported_media_type", /x/],
  ["with a body of no type", () => ({ "content-type": undefined }), 415, "unsupported_media_type", /got none/],
];

Deno.test("the offline model runs nothing for a request", async (t) => {
  await using model = await startOfflineModel();
  const { host, port } = new URL(model.url);
  const good = { host, ...headersOf(model) };

  for (const [what, other, status, code, message] of REFUSED) {
    await t.step(what, async () => {
      const refused = await send(model, { ...good, ...other(port) });
      assert.equal(refused.status, status, refused.answer);
      const { error } = JSON.parse(refused.answer);
      assert.deepEqual([error.type, error.param, error.code], ["invalid_request_error", null, code]);
      assert.match(error.message, message);
      assert.doesNotMatch(refused.answer, new RegExp(model.apiKey));
    });
  }

  await t.step("that asks whether another site may send one", async () => {
    const ask = { origin: "https://evil.example", "access-control-request-method": "POST", host };
    const { status, headers } = await send(model, ask, { method: "OPTIONS" });
    assert.equal(status, 403);
    assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith("access-control")), []);
  });

  await t.step("that asks for its models without a key", async () => {
    assert.equal((await send(model, { host }, { method: "GET", path: "/models" })).status, 401);
  });
});

Deno.test("the offline model takes a request", async (t) => {
  await using model = await startOfflineModel({ apiKey: "sk-a-key-of-our-own" });
  const { host, port } = new URL(model.url);
  assert.equal(model.apiKey, "sk-a-key-of-our-own");
  const TAKEN: [string, Headers][] = [
    ["with the key", {}],
    ["to localhost", { host: `localhost:${port}` }],
    ["whose type names an encoding", { "content-type": "Application/JSON; charset=utf-8" }],
    ["of a page of its own", { origin: `http://${host}`, "sec-fetch-site": "same-origin" }],
    ["that a person typed", { "sec-fetch-site": "none" }],
  ];
  for (const [what, other] of TAKEN) {
    await t.step(what, async () => {
      const { status, headers, answer } = await send(model, { host, ...headersOf(model), ...other });
      assert.equal(status, 200, answer);
      assert.match(answer, /'ran'/);
      assert.equal(headers["access-control-allow-origin"], undefined);
    });
  }
});

Deno.test("each offline model has its own key", async () => {
  await using one = await startOfflineModel();
  await using other = await startOfflineModel();
  assert.match(one.apiKey, /^sk-offline-[0-9a-f]{32}$/);
  assert.notEqual(one.apiKey, other.apiKey);
});
