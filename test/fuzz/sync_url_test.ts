import assert from "node:assert/strict";
import fc from "fast-check";
import { apiUrl, httpUrl, socketUrl, withoutCredentials } from "../../src/notebook/sync/sync_url.ts";
import { fuzzing } from "./fuzzing.ts";

const bases = fc.constantFrom(
  "wss://app.example/livestore",
  "ws://127.0.0.1:8787/livestore/",
  "wss://[::1]",
  "ws://h/a/b//",
);

Deno.test("socketUrl() preserves any notebook id and payload and keeps the server's host", () => {
  fc.assert(
    fc.property(bases, fc.string({ unit: "binary" }), fc.jsonValue(), (base, storeId, payload) => {
      const url = socketUrl(base, storeId, payload);
      assert.equal(url.host, new URL(base).host);
      assert.match(url.pathname, /\/websocket$/);
      assert.equal(url.searchParams.get("storeId"), storeId.toWellFormed());
      assert.deepEqual(
        JSON.parse(decodeURIComponent(url.searchParams.get("payload")!)),
        JSON.parse(JSON.stringify(payload)),
      );
      assert.equal(httpUrl(url).host, url.host);
      assert.equal(httpUrl(url).search, url.search);
    }),
    fuzzing(1_000),
  );
});

Deno.test("apiUrl() and withoutCredentials() keep the server's host and remove secrets", () => {
  const secret = fc.stringMatching(/^[a-z0-9]{6,20}$/).map((text) => `hush${text}`);
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ["ws", "wss"] }), secret, (address, hush) => {
      const url = new URL(address);
      url.username = url.password = hush;
      url.search = `?key=${hush}`;
      url.hash = hush;
      const shown = withoutCredentials(url.href);
      assert.equal(new URL(shown).host, url.host);
      assert(!shown.includes(hush));
      const api = apiUrl(shown, "/api/me");
      assert.deepEqual([api.host, api.pathname, api.search], [url.host, "/api/me", ""]);
      assert.equal(api.protocol, url.protocol.replace("ws", "http"));
    }),
    fuzzing(1_000),
  );
});
