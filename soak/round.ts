/**
 * One round of a soak: a new notebook, a few seconds with people and faults, and then a quiet time in which
 * everything must end.
 *
 * @module
 */

import { events, tables } from "../src/notebook/schema/mod.ts";
import { newNotebookId } from "../stack/notebook_id.ts";
import { startSyncServer, type SyncServer } from "../stack/sync_server/start.ts";
import { agentEnvironment } from "../test/support/agent_environment.ts";
import { type NotebookClient, openClient } from "../test/support/notebook_client.ts";
import { randomFrom } from "../test/support/random_from.ts";
import { startScriptedModel } from "../test/support/scripted_model_server.ts";
import { startTcpProxy } from "../test/support/tcp_proxy.ts";
import { SoakAgents } from "./agents.ts";
import { checkLog, type LogVerdict } from "./check_log.ts";
import { faults, type SoakStage } from "./faults.ts";
import { holesIn, isServersLoss, judgeHoles } from "./holes.ts";
import { jobCode, modelFaults, readJob, replyTo } from "./job.ts";
import { type LoggedEvent, readLog } from "./read_log.ts";

export interface RoundOptions {
  /** The seed of the random numbers that decide all events. */
  seed: number;
  /** The folder in which the sync server keeps its notebooks. */
  dataDir: string;
  /** Aborting it ends the round early. Actions in flight still finish. */
  signal: AbortSignal;
}

export interface RoundReport {
  verdict: LogVerdict;
  /** The agents that ended without being asked to. */
  died: string[];
  /** The number of times that each fault happened. */
  faults: Record<string, number>;
  /** The actions in order, with their times in milliseconds. */
  steps: string[];
  log: LoggedEvent[];
  agentLog: string[];
}

/** The length of the time with people and faults, in milliseconds. */
const RESTLESS_MS = 8_000;

/** How long everything may take to end after the last fault, in milliseconds. Dead sockets are noticed after 30 s. */
const QUIET_WITHIN_MS = 90_000;

const CELLS = 5;

/** The longest pause of a person, in milliseconds. */
const IDLE_MS = 500;

/** One in this many of a person's actions is followed by a fault. */
const FAULT_EVERY = 4;

/** The fault after which the sync server may have lost events. */
const SERVER_KILLED: keyof typeof faults = "sync server killed";

export async function playRound({ seed, dataDir, signal }: RoundOptions): Promise<RoundReport> {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const asked = new Set<number>();
  const counts: Record<string, number> = {};
  const steps: string[] = [];
  const began = performance.now();
  const note = (step: string) => steps.push(`${Math.round(performance.now() - began)} ms: ${step}`);
  const count = (fault: string) => {
    counts[fault] = (counts[fault] ?? 0) + 1;
    note(fault);
  };

  await using stack = new AsyncDisposableStack();
  const first = await startSyncServer({ dataDir });
  const proxy = stack.use(startTcpProxy(first.port));
  const model = stack.use(
    await startScriptedModel(({ body }) => {
      // After an answer without calls, the last turn is a reminder instead of the cell.
      const turns: string[] = body.messages.map(({ role, content }: { role: string; content: string }) =>
        role === "user" ? content : ""
      );
      const job = turns.map(readJob).findLast((found) => found !== undefined);
      if (job === undefined) return { status: 400, body: { error: { message: "no job" } } };
      const isFirst = !asked.has(job.id);
      asked.add(job.id);
      if (isFirst && job.fault !== "none" && job.fault !== "python error") count(`model: ${job.fault}`);
      return replyTo(job, isFirst);
    }),
  );
  const notebookId = newNotebookId();
  const { authToken } = first;
  const agents = stack.use(
    new SoakAgents(
      agentEnvironment({ syncUrl: `ws://127.0.0.1:${proxy.port}/livestore`, authToken, notebookId }, model),
    ),
  );
  const person = stack.use(await openClient({ syncUrl: first.syncUrl, authToken, notebookId }));
  const stage: SoakStage = {
    agents,
    person,
    proxy,
    server: first,
    restartServer: () => startSyncServer({ dataDir, port: first.port }),
    notebookId,
    pause: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
    below,
  };
  stack.defer(() => stopServer(stage.server));

  await agents.start().attached;
  const cells = Array.from({ length: CELLS }, () => person.addCell("pass"));
  let jobs = 0;
  const edit = (cellId: string) => {
    const fault = below(2) === 0 ? "none" : modelFaults[below(modelFaults.length)];
    const source = jobCode({ id: ++jobs, lines: 1 + below(8), pace: below(60), fault });
    person.store.commit(events.cellSourceChanged({ id: cellId, source, modifiedBy: "person" }));
  };
  const names = Object.keys(faults);
  const end = began + RESTLESS_MS + performance.now() - began;
  while (performance.now() < end && !signal.aborted) {
    const cellId = cells[below(cells.length)];
    const action = below(10);
    if (action === 0) {
      for (const each of cells) edit(each);
      person.runAll(cells);
      note("run all");
    } else {
      edit(cellId);
      if (action < 9) person.run(cellId);
      note(action < 9 ? `run ${cellId}` : `edit ${cellId}`);
    }
    if (below(FAULT_EVERY) === 0) {
      const name = names[below(names.length)];
      count(name);
      await faults[name](stage);
      if (name === "running cell deleted") cells.push(person.addCell("pass"));
    }
    await stage.pause(below(IDLE_MS));
  }
  note("quiet");
  if (agents.running.length === 0) agents.start();
  await settle(stage);
  const log = await readLog({ syncUrl: first.syncUrl, notebookId, authToken });
  const verdict = checkLog(log);
  const { died, log: agentLog } = agents;
  verdict.stuck.push(...restlessCells(person));
  const holes = holesIn(log);
  const serverWasKilled = SERVER_KILLED in counts;
  if (isServersLoss(verdict, holes, serverWasKilled)) {
    count("sync server lost confirmed events, and the round shows nothing");
  }
  return {
    verdict: judgeHoles(verdict, holes, serverWasKilled),
    died: [...died],
    faults: counts,
    steps,
    log,
    agentLog,
  };
}

/** Waits until every request has ended or the time limit is reached. */
async function settle({ person }: SoakStage): Promise<void> {
  const waiting = tables.executionQueue.where({ status: { op: "IN", value: ["pending", "assigned", "executing"] } });
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, QUIET_WITHIN_MS);
  const stopWatching = person.store.watch<readonly unknown[]>(waiting, (rows) => {
    if (rows.length === 0) over.resolve();
  });
  await over.promise;
  clearTimeout(timer);
  stopWatching();
  await person.store.settled(AbortSignal.timeout(QUIET_WITHIN_MS));
}

/** Returns the cells that still look busy. */
function restlessCells({ store }: NotebookClient): string[] {
  const cells = store.query(tables.cells.where({ executionState: { op: "IN", value: ["queued", "running"] } }));
  return cells.map(({ id, executionState }) => `${id} is shown as ${executionState}`);
}

async function stopServer(server: SyncServer): Promise<void> {
  await server[Symbol.asyncDispose]();
}
