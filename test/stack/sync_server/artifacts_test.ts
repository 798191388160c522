/**
 * Artifacts of the local sync server: upload, download, and their limits.
 *
 * @module
 */

import assert from "node:assert/strict";
import { MAX_FILE_BYTES } from "../../../src/files/hidden_content.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { maxArtifactBytes } from "../../../stack/sync_server/worker/artifacts.ts";
import { users } from "./sync_users.ts";

// The worker's bundle contains only its own folder, so the two constants cannot be one.
Deno.test("the sync server stores artifacts as large as the largest file that an agent reads", () => {
  assert.equal(maxArtifactBytes, MAX_FILE_BYTES);
});

Deno.test("the local sync server stores artifacts", async (t) => {
  await using server = await startSyncServer({ users });
  const { apiUrl } = server;

  await t.step("an artifact is stored and served with its content type, without a token", async () => {
    const body = crypto.getRandomValues(new Uint8Array(60_000));
    const headers = { authorization: "Bearer token-a", "x-notebook-id": "Note_book123", "content-type": "image/png" };
    const stored = await fetch(`${apiUrl}/api/artifacts`, { method: "POST", headers, body });
    const { artifactId } = await stored.json();
    assert.match(artifactId, /^Note_book123\/[0-9a-f-]{36}$/);
    const read = await fetch(`${apiUrl}/api/artifacts/${artifactId}`);
    assert.equal(read.headers.get("content-type"), "image/png");
    assert.deepEqual(await read.bytes(), body);
  });

  await t.step("an artifact cannot run scripts, whatever its content type", async () => {
    for (const contentType of ["text/html", "image/svg+xml", "text/javascript"]) {
      const headers = { authorization: "Bearer token-a", "x-notebook-id": "n", "content-type": contentType };
      const stored = await fetch(`${apiUrl}/api/artifacts`, { method: "POST", headers, body: "<script>1</script>" });
      const read = await fetch(`${apiUrl}/api/artifacts/${(await stored.json()).artifactId}`);
      await read.body?.cancel();
      assert.equal(read.headers.get("content-type"), contentType);
      assert.equal(read.headers.get("x-content-type-options"), "nosniff");
      assert.match(read.headers.get("content-security-policy") ?? "", /^sandbox; default-src 'none';/);
    }
  });

  await t.step("an artifact that is too large or has no Content-Length is refused", async () => {
    const post = async (body: BodyInit) => {
      const headers = { authorization: "Bearer token-a", "x-notebook-id": "n" };
      const answer = await fetch(`${apiUrl}/api/artifacts`, { method: "POST", headers, body });
      return [answer.status, (await answer.json()).error];
    };
    assert.deepEqual(await post(new Uint8Array(maxArtifactBytes + 1)), [
      413,
      "An artifact of 16777217 bytes is too large: the limit is 16777216 bytes",
    ]);
    assert.deepEqual(await post(new Blob(["x"]).stream()), [
      411,
      "An artifact needs a body and a Content-Length: send the bytes whole, not in chunks",
    ]);
  });

  await t.step(
    "an artifact without a token or a notebook is refused, and an unknown one is not found",
    async () => {
      const post = async (headers: Record<string, string>) => {
        const answer = await fetch(`${apiUrl}/api/artifacts`, { method: "POST", headers, body: "x" });
        return [answer.status, (await answer.json()).error];
      };
      assert.deepEqual(await post({ "x-notebook-id": "n" }), [401, "Unauthorized"]);
      assert.deepEqual(await post({ authorization: "Bearer token-a" }), [
        400,
        "x-notebook-id must be the id of a notebook",
      ]);
      const missing = await fetch(`${apiUrl}/api/artifacts/n/0`);
      assert.deepEqual([missing.status, await missing.json()], [404, { error: "No artifact n/0" }]);
    },
  );
});
