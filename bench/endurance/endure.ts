/**
 * A long session: the agent in a separate process, a real sync server, a scripted model, and a simulated person who
 * runs one cell after the other.
 *
 * @module
 */

import { events, tables } from "../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import { agentEnvironment } from "../../test/support/agent_environment.ts";
import { type NotebookClient, openClient } from "../../test/support/notebook_client.ts";
import { type ScriptedModelServer, startScriptedModel } from "../../test/support/scripted_model_server.ts";
import { startMeasuredAgent } from "./measured_agent.ts";
import type { VitalSigns } from "./vital_signs.ts";
import { CYCLE, type Turn, turnOf } from "./workload.ts";

export interface EnduranceOptions {
  executions: number;
  /** Cells between two readings of the agent's vital signs. */
  readEvery: number;
  /** Called with the number of cells that have run. */
  onProgress?(executions: number): void;
}

export interface EnduranceReport {
  /** The agent's vital signs, each with the number of executions before it. */
  readings: { executions: number; signs: VitalSigns }[];
  /**
   * The milliseconds from Run until the person sees the cell as ended, for the cells that ran to their end, in order.
   */
  latencies: number[];
  /** The times at which the person saw that the session was renewed, in milliseconds since it began. */
  renewals: number[];
  /** The length of the session. */
  durationMs: number;
  exitCode: number;
}

/** @throws Error when a cell does not end as expected */
export async function endure({ executions, readEvery, onProgress }: EnduranceOptions): Promise<EnduranceReport> {
  await using server = await startSyncServer();
  await using model = await startScriptedModel((request) => {
    // The long conversations would fill this process's memory, and are not read.
    request.body = undefined;
    return turnOf(request.number).answer;
  });
  const { syncUrl, authToken } = server;
  const notebookId = newNotebookId();
  await using person = await openClient({ syncUrl, authToken, notebookId });
  await using agent = await startMeasuredAgent(agentEnvironment({ syncUrl, authToken, notebookId }, model));
  const cells = Array.from({ length: CYCLE }, (_, kind) => person.addCell(turnOf(kind).source));
  const startedAt = performance.now();
  const renewals: number[] = [];
  const stopWatching = watchRenewals(person, () => renewals.push(performance.now() - startedAt));
  const latencies: number[] = [];
  const readings: EnduranceReport["readings"] = [];
  for (let number = 0; number < executions; number++) {
    const turn = turnOf(number);
    const ms = await play(turn, number, cells[turn.cell], person, model);
    if (!turn.cancelled) latencies.push(ms);
    if ((number + 1) % readEvery === 0) readings.push({ executions: number + 1, signs: await agent.vitalSigns() });
    onProgress?.(number + 1);
  }
  stopWatching();
  const durationMs = performance.now() - startedAt;
  return { readings, latencies, renewals, durationMs, exitCode: await agent.stop() };
}

/** Edits and runs a cell; returns how long it took, in milliseconds. */
async function play(
  turn: Turn,
  number: number,
  cell: string,
  person: NotebookClient,
  model: ScriptedModelServer,
): Promise<number> {
  person.store.commit(events.cellSourceChanged({ id: cell, source: turn.source, modifiedBy: "person" }));
  const startedAt = performance.now();
  const request = person.run(cell);
  if (turn.cancelled) {
    await person.textHas(cell, "so far");
    person.cancel(request, cell);
    await model.disconnected(number);
    await person.requestIs(request, "cancelled");
  } else {
    await person.requestIs(request, "completed", "failed");
  }
  return performance.now() - startedAt;
}

function watchRenewals(person: NotebookClient, onRenewal: () => void): () => void {
  let last: number | undefined;
  return person.store.watch<readonly (typeof tables.runtimeSessions.Type)[]>(tables.runtimeSessions, ([session]) => {
    const renewedAt = session?.lastRenewedAt?.getTime();
    if (renewedAt === undefined || renewedAt === last) return;
    last = renewedAt;
    onRenewal();
  });
}
