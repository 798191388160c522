/**
 * The two hosts of the local notebook app.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startNotebookApp } from "../../../stack/notebook_app/start.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";

Deno.test("startNotebookApp() serves artifacts and the page on one host and only the frame on another", async () => {
  await using server = await startSyncServer();
  const cells = [{ id: "c", source: "1", outputs: [] }];
  await using app = startNotebookApp({ apiUrl: server.apiUrl, cells: () => cells });
  const headers = {
    authorization: `Bearer ${server.authToken}`,
    "x-notebook-id": "Note_book123",
    "content-type": "image/png",
  };
  const stored = await fetch(`${server.apiUrl}/api/artifacts`, { method: "POST", headers, body: "png" });
  const path = `api/artifacts/${(await stored.json()).artifactId}`;
  const ask = async (url: string) => {
    const response = await fetch(url);
    return [response.status, response.headers.get("content-type"), (await response.text()).slice(0, 15)];
  };

  const html = "text/html; charset=utf-8";
  assert.deepEqual(await ask(`${app.pageUrl}${path}`), [200, "image/png", "png"]);
  assert.deepEqual(await ask(`${app.pageUrl}9j/4AAQ`), [200, html, "<!DOCTYPE html>"]);
  assert.deepEqual(await (await fetch(`${app.pageUrl}cells`)).json(), { cells, frameUrl: app.frameUrl });
  assert.deepEqual(await ask(app.frameUrl), [200, html, "<!DOCTYPE html>"]);
  assert.deepEqual(await ask(`${app.frameUrl}${path}`), [404, null, ""]);
  for (const name of ["frame.ts", "draw_output.ts"]) {
    assert.deepEqual((await ask(app.frameUrl + name)).slice(0, 2), [200, "text/javascript"]);
  }
  assert.deepEqual(app.frameRequests, ["/", `/${path}`, "/frame.ts", "/draw_output.ts"]);
  assert.notEqual(new URL(app.pageUrl).hostname, new URL(app.frameUrl).hostname);
});
