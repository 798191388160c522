/**
 * Starts the agent in a separate process, so that only its memory is measured.
 *
 * @module
 */

import { startLineProcess } from "../line_process.ts";
import type { VitalSigns } from "./vital_signs.ts";

export interface MeasuredAgent extends AsyncDisposable {
  /** Reads the vital signs when the agent is quiet. */
  vitalSigns(): Promise<VitalSigns>;
  /** Shuts the agent down and resolves with its exit code. */
  stop(): Promise<number>;
}

/**
 * Starts the agent and waits until it is attached.
 *
 * @param environment its environment variables
 * @throws Error when the agent ends before it is attached
 */
export async function startMeasuredAgent(environment: Record<string, string>): Promise<MeasuredAgent> {
  const agent = await startLineProcess(new URL("./agent_process.ts", import.meta.url), { environment });
  return { ...agent, vitalSigns: async () => JSON.parse(await agent.ask("vital signs")) };
}
