/**
 * Whatever the sync server and the network do for a while, cells end once, with all of their outputs.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { startSyncRelay } from "../support/sync_relay.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";
import { allIsWell, answerJob, runJobs } from "./notebook_job.ts";

/** How often a server refuses before it does as it should; each costs the agent a pause. */
const REFUSALS = 3;

Deno.test("two cells end well although the network takes 500 ms each way", async () => {
  await using server = await startSyncServer();
  await using proxy = startTcpProxy(server.port);
  proxy.slow(500);
  await using at = await attach(server, answerJob, { syncUrl: `ws://127.0.0.1:${proxy.port}/livestore` });
  await allIsWell(server, at.notebookId, at.person, await runJobs(at.person));
});

for (
  const [what, bytes] of [
    ["503", "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"],
    ["a page of HTML", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>"],
    ["what is no HTTP", "no such thing\r\n"],
    ["nothing, and hangs up", ""],
  ]
) {
  Deno.test(`two cells end well although the server, once cut off, answers ${what} for a while`, async () => {
    await using server = await startSyncServer();
    await using proxy = startTcpProxy(server.port);
    const lost = Promise.withResolvers<void>();
    const logger = {
      debug(message: string) {
        if (message === "still no connection to the sync server") lost.resolve();
      },
      info() {},
      warn() {},
      error() {},
    };
    const syncUrl = `ws://127.0.0.1:${proxy.port}/livestore`;
    await using at = await attach(server, answerJob, { syncUrl, logger });
    const requests = await runJobs(at.person);
    await at.person.requestIs(requests[0], "executing", "completed");
    proxy.answer(bytes);
    proxy.cut();
    await lost.promise;
    proxy.answer(undefined);
    await allIsWell(server, at.notebookId, at.person, requests);
    assert.equal(at.model.requests.length, requests.length);
  });
}

for (
  const [what, message] of [
    ["an error", "out of order"],
    ["a refusal that makes no sense", "Invalid parent event number. Received e9 but expected e0"],
  ]
) {
  for (const kind of ["Push", "Pull"]) {
    Deno.test(`two cells end well although the server at first answers ${kind.toLowerCase()}ing with ${what}`, async () => {
      await using server = await startSyncServer();
      let asked = 0;
      await using relay = startSyncRelay(server.syncUrl, {
        answer(frame) {
          const { _tag, requestId } = JSON.parse(frame);
          if (_tag !== `WSMessage.${kind}Req` || ++asked > REFUSALS) return;
          return JSON.stringify({ _tag: "WSMessage.Error", requestId, message });
        },
      });
      await using at = await attach(server, answerJob, { syncUrl: relay.syncUrl });
      await allIsWell(server, at.notebookId, at.person, await runJobs(at.person));
      assert.ok(asked > REFUSALS);
    });
  }
}
