/**
 * Tests of the statuses that an agent reports.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { AgentStatus } from "../../mod.ts";
import { Notifier } from "../../src/async/notifier.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

Deno.test("onStatus reports when an agent is catching up, attached and reconnecting", async () => {
  await using server = await startSyncServer();
  await using proxy = startTcpProxy(server.port);
  const syncUrl = `ws://127.0.0.1:${proxy.port}/livestore`;
  const statuses: AgentStatus[] = [];
  const changed = new Notifier();
  const onStatus = (status: AgentStatus) => {
    statuses.push(status);
    changed.notify();
  };
  await using at = await attach({ ...server, syncUrl }, [], { onStatus });
  assert.deepEqual(statuses, ["catching up", "attached"]);
  proxy.close();
  proxy.cut();
  await changed.until(() => statuses.includes("reconnecting"));
  proxy.open();
  await changed.until(() => statuses.lastIndexOf("attached") > statuses.indexOf("reconnecting"));
  assert.deepEqual(statuses.slice(2), ["reconnecting", "catching up", "attached"]);
  await at.agent.shutdown();
  assert.equal(statuses.length, 5);
});
