/**
 * Checks that cells end once and with all their outputs in spite of temporary failures of the sync server and the
 * network.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { startSyncRelay } from "../support/sync_relay.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";
import { allIsWell, answerJob, runJobs } from "./notebook_job.ts";

/** The number of refusals before the server works. The agent pauses after each refusal. */
const REFUSALS = 3;

Deno.test("two cells complete although the network delays everything by 500 ms each way", async () => {
  await using server = await startSyncServer();
  await using proxy = startTcpProxy(server.port);
  proxy.slow(500);
  await using at = await attach(server, answerJob, { syncUrl: `ws://127.0.0.1:${proxy.port}/livestore` });
  await allIsWell(server, at.notebookId, at.person, await runJobs(at.person));
});

for (
  const [what, bytes] of [
    ["503", "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"],
    ["an HTML page", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>"],
    ["text that is not HTTP", "no such thing\r\n"],
    ["nothing and hangs up", ""],
  ]
) {
  Deno.test(`two cells complete although the disconnected server answers ${what} for a while`, async () => {
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
    ["a meaningless refusal", "Invalid parent event number. Received e9 but expected e0"],
  ]
) {
  for (const kind of ["Push", "Pull"]) {
    Deno.test(`two cells complete although the server answers the first ${kind.toLowerCase()} requests with ${what}`, async () => {
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
