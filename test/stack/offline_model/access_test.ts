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

/** Sends a request with exactly these headers, which fetch() would not allow. */
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

/** Refused requests: the difference from an accepted request, its headers, and the refusal. */
const REFUSED: [what: string, headers: (port: string) => Headers, status: number, code: string, message: RegExp][] = [
  ["without a key", () => ({ authorization: undefined }), 401, "invalid_api_key", /There is no API key/],
  ["with another key", () => ({ authorization: "Bearer none" }), 401, "invalid_api_key", /key of the request is wrong/],
  ["with basic authentication", () => ({ authorization: "Basic bm9uZTpub25l" }), 401, "invalid_api_key", /no API key/],
  ["to another host name", (p) => ({ host: `evil.example:${p}` }), 421, "wrong_host", /answers at/],
  ["to another port", () => ({ host: "127.0.0.1:1" }), 421, "wrong_host", /answers at 127\.0\.0\.1:\d+ and localhost:/],
  ["without a port in its Host header", () => ({ host: "localhost" }), 421, "wrong_host", /answers at/],
  [
    "to a host name that begins with the server's address",
    (p) => ({ host: `127.0.0.1.evil.example:${p}` }),
    421,
    "wrong_host",
    /at/,
  ],
  ["from another site's page", () => ({ origin: "https://evil.example" }), 403, "foreign_origin", /other sites/],
  ["from a page on another port", () => ({ origin: "http://localhost:8765" }), 403, "foreign_origin", /other sites/],
  ["from a page with the origin null", () => ({ origin: "null" }), 403, "foreign_origin", /other sites/],
  ["that a browser marks as cross-site", () => ({ "sec-fetch-site": "cross-site" }), 403, "foreign_origin", /sites/],
  ["that a browser marks as same-site", () => ({ "sec-fetch-site": "same-site" }), 403, "foreign_origin", /sites/],
  [
    "with the content type text/plain",
    () => ({ "content-type": "text/plain" }),
    415,
    "unsupported_media_type",
    /got text\/plain/,
  ],
  [
    "with the content type of a form",
    () => ({ "content-type": "application/x-www-form-urlencoded" }),
    415,
    "unsupported_media_type",
    /x/,
  ],
  ["without a content type", () => ({ "content-type": undefined }), 415, "unsupported_media_type", /got none/],
];

Deno.test("the offline model refuses requests without running their code", async (t) => {
  await using model = await startOfflineModel();
  const { host, port } = new URL(model.url);
  const good = { host, ...headersOf(model) };

  for (const [what, other, status, code, message] of REFUSED) {
    await t.step(`a request ${what} is refused`, async () => {
      const refused = await send(model, { ...good, ...other(port) });
      assert.equal(refused.status, status, refused.answer);
      const { error } = JSON.parse(refused.answer);
      assert.deepEqual([error.type, error.param, error.code], ["invalid_request_error", null, code]);
      assert.match(error.message, message);
      assert.doesNotMatch(refused.answer, new RegExp(model.apiKey));
    });
  }

  await t.step("a preflight request from another site is refused", async () => {
    const ask = { origin: "https://evil.example", "access-control-request-method": "POST", host };
    const { status, headers } = await send(model, ask, { method: "OPTIONS" });
    assert.equal(status, 403);
    assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith("access-control")), []);
  });

  await t.step("a request for the list of models without a key is refused", async () => {
    assert.equal((await send(model, { host }, { method: "GET", path: "/models" })).status, 401);
  });
});

Deno.test("the offline model accepts valid requests", async (t) => {
  await using model = await startOfflineModel({ apiKey: "sk-a-key-of-our-own" });
  const { host, port } = new URL(model.url);
  assert.equal(model.apiKey, "sk-a-key-of-our-own");
  const TAKEN: [string, Headers][] = [
    ["with the key", {}],
    ["to localhost", { host: `localhost:${port}` }],
    ["whose content type names an encoding", { "content-type": "Application/JSON; charset=utf-8" }],
    ["from a page of the same origin", { origin: `http://${host}`, "sec-fetch-site": "same-origin" }],
    ["of a person who typed its address into a browser", { "sec-fetch-site": "none" }],
  ];
  for (const [what, other] of TAKEN) {
    await t.step(`a request ${what} is accepted`, async () => {
      const { status, headers, answer } = await send(model, { host, ...headersOf(model), ...other });
      assert.equal(status, 200, answer);
      assert.match(answer, /'ran'/);
      assert.equal(headers["access-control-allow-origin"], undefined);
    });
  }
});

Deno.test("each offline model has a different API key", async () => {
  await using one = await startOfflineModel();
  await using other = await startOfflineModel();
  assert.match(one.apiKey, /^sk-offline-[0-9a-f]{32}$/);
  assert.notEqual(one.apiKey, other.apiKey);
});
