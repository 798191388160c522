/**
 * The faults of a soak besides those of the model: of agents, the sync server, the network, and people who change
 * their mind.
 *
 * @module
 */

import { events, tables } from "../src/notebook/schema/mod.ts";
import type { SyncServer } from "../stack/sync_server/start.ts";
import type { NotebookClient } from "../test/support/notebook_client.ts";
import type { TcpProxy } from "../test/support/tcp_proxy.ts";
import type { SoakAgents } from "./agents.ts";
import { writeUnreadable } from "./write_unreadable.ts";

/** The parts that faults affect. */
export interface SoakStage {
  agents: SoakAgents;
  person: NotebookClient;
  /** The connection between the agents and the sync server. */
  proxy: TcpProxy;
  /** A restart replaces it by another server. */
  server: SyncServer;
  /** Starts the sync server again, on the same port and data. */
  restartServer(): Promise<SyncServer>;
  notebookId: string;
  pause(delayMs: number): Promise<void>;
  /** Returns a random whole number below a limit. */
  below(limit: number): number;
}

/** The length of a long outage, in milliseconds, and its rarity: one in this many outages. */
const LONG_OUTAGE_MS = 60_000;
const LONG_OUTAGE_EVERY = 4;

/** A fault. It may take a while, during which no other fault happens. */
export type Fault = (stage: SoakStage) => void | Promise<void>;

/** All faults, by the names under which they are counted. */
export const faults: Readonly<Record<string, Fault>> = {
  async "agent killed"({ agents, pause, below }) {
    for (const agent of agents.running) agents.signal(agent, "SIGKILL");
    await pause(below(1_000));
    agents.start();
  },
  async "agent terminated"({ agents, pause, below }) {
    for (const agent of agents.running) agents.signal(agent, "SIGTERM");
    await pause(below(1_000));
    agents.start();
  },
  "second agent": ({ agents }) => void agents.start(),
  async "sync server killed"(stage) {
    await stage.server.kill();
    await stage.pause(stage.below(2_000));
    stage.server = await stage.restartServer();
  },
  async "sync server unreachable"({ proxy, pause, below }) {
    proxy.close();
    proxy.cut();
    await pause(below(LONG_OUTAGE_EVERY) === 0 ? LONG_OUTAGE_MS : 500 + below(3_000));
    proxy.open();
  },
  async "sync server out of order"({ proxy, pause, below }) {
    proxy.answer("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 13\r\n\r\nout of order\n");
    proxy.cut();
    await pause(500 + below(3_000));
    proxy.answer(undefined);
  },
  "connections cut": ({ proxy }) => proxy.cut(),
  async "network slow"({ proxy, pause, below }) {
    proxy.slow(500);
    await pause(2_000 + below(2_000));
    proxy.slow(0);
  },
  "connection half open": ({ proxy }) => proxy.stall(),
  "connection deaf": ({ proxy }) => proxy.stall("from server"),
  "connection mute": ({ proxy }) => proxy.stall("from client"),
  "unreadable event": ({ server, notebookId }) => writeUnreadable({ ...server, notebookId }),
  "cell cancelled"({ person, below }) {
    const requests = unfinished(person);
    if (requests.length === 0) return;
    const { id, cellId } = requests[below(requests.length)];
    person.cancel(id, cellId);
  },
  "all cancelled": ({ person }) => void person.store.commit(events.allExecutionsCancelled()),
  "running cell deleted"({ person }) {
    const [request] = unfinished(person).filter(({ status }) => status === "executing");
    if (request !== undefined) person.store.commit(events.cellDeleted({ id: request.cellId }));
  },
};

function unfinished(person: NotebookClient) {
  return person.store.query(
    tables.executionQueue.where({ status: { op: "IN", value: ["pending", "assigned", "executing"] } }),
  );
}
