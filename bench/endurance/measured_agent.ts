/**
 * Starts the agent in a separate process, so that only its own memory is measured.
 *
 * @module
 */

import { startLineProcess } from "../line_process.ts";
import type { VitalSigns } from "./vital_signs.ts";

/** An agent in a separate process. */
export interface MeasuredAgent extends AsyncDisposable {
  /** Reads its vital signs as soon as it is quiet. */
  vitalSigns(): Promise<VitalSigns>;
  /** Shuts it down and resolves with its exit code. */
  stop(): Promise<number>;
}

/**
 * Starts it and waits until it is attached.
 *
 * @param environment its settings
 * @throws Error when it ends before that
 */
export async function startMeasuredAgent(environment: Record<string, string>): Promise<MeasuredAgent> {
  const agent = await startLineProcess(new URL("./agent_process.ts", import.meta.url), { environment });
  return { ...agent, vitalSigns: async () => JSON.parse(await agent.ask("vital signs")) };
}
