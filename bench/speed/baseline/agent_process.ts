/**
 * Runs the baseline agent in a separate process, with the agent's settings in the environment.
 *
 * @module
 */

import { reportUsage } from "../process_usage.ts";
import { startBaselineAgent } from "./baseline_agent.ts";

const variable = (name: string) => Deno.env.get(name) ?? "";

const agent = await startBaselineAgent({
  syncUrl: variable("LIVESTORE_SYNC_URL"),
  authToken: variable("AUTH_TOKEN"),
  notebookId: variable("NOTEBOOK_ID"),
  baseUrl: variable("OPENAI_BASE_URL"),
});
await reportUsage();
await agent.close();
