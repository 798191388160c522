/**
 * Starts an agent as a file in `deploy/agent/` describes, runs a cell of a notebook on the local stack, and stops the
 * agent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { openClient } from "../../support/notebook_client.ts";
import { answer, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { startWatched } from "../../support/watched_process.ts";

/** The agent's process. */
export interface AgentCommand {
  /** The program and its arguments. */
  words: readonly string[];
  /** Its whole environment. */
  environment: Readonly<Record<string, string>>;
  folder?: string;
}

/** The addresses of notebook and model, and the secrets. */
export interface AgentVariables {
  NOTEBOOK_ID: string;
  AUTH_TOKEN: string;
  LIVESTORE_SYNC_URL: string;
  OPENAI_API_KEY: string;
  OPENAI_BASE_URL: string;
  AIPYTHON_MODEL: string;
}

/** The attached agent. */
export interface ServedAgent {
  pid: number;
}

/**
 * Runs one cell with an agent.
 *
 * @param signal the signal that stops the agent
 * @param command creates the agent's command for a notebook
 * @param meanwhile makes further checks while the agent is attached
 * @returns the agent's exit code
 */
export async function serveOneCell(
  signal: Deno.Signal,
  command: (variables: AgentVariables) => AgentCommand | Promise<AgentCommand>,
  meanwhile: (agent: ServedAgent, command: AgentCommand) => Promise<void> = async () => {},
): Promise<number> {
  await using server = await startSyncServer();
  await using model = await startScriptedModel(answer(stdout("served\n")));
  const { syncUrl, authToken } = server;
  const notebookId = newNotebookId();
  const chosen = await command({
    NOTEBOOK_ID: notebookId,
    AUTH_TOKEN: authToken,
    LIVESTORE_SYNC_URL: syncUrl,
    OPENAI_API_KEY: "s3cret-key",
    OPENAI_BASE_URL: model.baseUrl,
    AIPYTHON_MODEL: "scripted",
  });
  await using person = await openClient({ syncUrl, authToken, notebookId });
  await using agent = startWatched(chosen.words, { env: chosen.environment, cwd: chosen.folder });
  const { child, written } = agent;
  await written.until("attached");
  const cell = person.addCell("work()");
  await person.requestIs(person.run(cell), "completed");
  assert.equal(person.text(cell), "served\n");
  await meanwhile(child, chosen);
  child.kill(signal);
  await written.ended;
  const { code } = await child.status;
  assert.ok(!written.text.includes("s3cret-key") && !written.text.includes(authToken), written.text);
  return code;
}
