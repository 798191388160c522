/**
 * One measurement: several notebooks in one agent process, a real sync server, a paced model, and a simulated person
 * at each notebook.
 *
 * @module
 */

import { newNotebookId } from "../../stack/notebook_id.ts";
import { startSyncServer } from "../../stack/sync_server/start.ts";
import type { VitalSigns } from "../endurance/vital_signs.ts";
import { type Child, startChild } from "./child.ts";
import { cpuSeconds } from "./cpu_time.ts";
import type { Pace } from "./model_process.ts";
import { agentEnvironment } from "../../test/support/agent_environment.ts";
import type { CellTimes } from "../../test/support/notebook_visitor.ts";
import type { Workload } from "./visitors_process.ts";

export interface MeasureOptions {
  notebooks: number;
  pace: Pace;
  workload: Workload;
  /** Deno's flags for the agent's process, such as `--cpu-prof`. */
  agentFlags?: readonly string[];
}

export interface Measurement {
  notebooks: number;
  /** The times of each cell, in milliseconds from Run. */
  times: CellTimes[];
  /** The milliseconds from the agent's start until all notebooks were attached. */
  attachedMs: number;
  /** The agent's memory when all were attached, and after the cells. */
  idle: VitalSigns;
  used: VitalSigns;
  /** Processor seconds for each second of the workload, by process. */
  load: Record<"agent" | "sync server" | "model" | "visitors", number>;
  /** Events of each notebook's log for each second of the workload. */
  eventsPerSecond: number;
  /** Processor time of the agent for each cell, in milliseconds. */
  cpuMsPerCell: number;
}

export async function measure({ notebooks, pace, workload, agentFlags = [] }: MeasureOptions): Promise<Measurement> {
  await using server = await startSyncServer();
  await using model = startChild({ script: "./model_process.ts" });
  await using visitors = startChild({ script: "./visitors_process.ts" });
  const { syncUrl, authToken } = server;
  const notebookIds = Array.from({ length: notebooks }, newNotebookId);
  const { baseUrl } = await model.ask<{ baseUrl: string }>(pace);
  await visitors.ask({ addresses: notebookIds.map((notebookId) => ({ syncUrl, authToken, notebookId })) });
  const startedAt = performance.now();
  await using agent = startChild({
    script: "./agent_process.ts",
    flags: ["--v8-flags=--expose-gc", ...agentFlags],
    environment: agentEnvironment({ syncUrl, authToken, notebookId: notebookIds.join(",") }, { baseUrl }),
    readsStderr: true,
  });
  await untilAttached(agent, notebooks);
  const attachedMs = performance.now() - startedAt;
  const idle = await agent.ask<VitalSigns>("memory");
  const pids = {
    agent: [agent.pid],
    "sync server": [server.childPid, server.workerdPid],
    model: [model.pid],
    visitors: [visitors.pid],
  };
  const readCpu = () => Object.values(pids).map((each) => each.reduce((sum, pid) => sum + cpuSeconds(pid), 0));
  const [cpuBefore, before] = [readCpu(), performance.now()];
  const { times, events } = await visitors.ask<{ times: CellTimes[]; events: number }>(workload);
  const seconds = (performance.now() - before) / 1000;
  const load = readCpu().map((after, index) => (after - cpuBefore[index]) / seconds);
  return {
    notebooks,
    times,
    attachedMs,
    idle,
    used: await agent.ask<VitalSigns>("memory"),
    load: Object.fromEntries(Object.keys(pids).map((name, index) => [name, load[index]])) as Measurement["load"],
    eventsPerSecond: events / notebooks / seconds,
    cpuMsPerCell: 1000 * load[0] * seconds / times.length,
  };
}

/**
 * Resolves when the agent has reported that this many notebooks are attached. Its later output is read and discarded.
 */
async function untilAttached(agent: Child, notebooks: number): Promise<void> {
  const attached = Promise.withResolvers<void>();
  const read = async () => {
    let log = "";
    for await (const text of agent.stderr.pipeThrough(new TextDecoderStream())) {
      log = `${log}${text}`.slice(-100_000);
      if (log.split(" info  attached ").length > notebooks) attached.resolve();
    }
    attached.reject(new Error(`the agent ended too early:\n${log}`));
  };
  void read();
  await attached.promise;
}
