/**
 * Everything around one agent in tests: a sync server, a scripted model, a notebook, and a person's client.
 *
 * @module
 */

import { AIPythonAgent } from "../../mod.ts";
import type { AIPythonAgentOptions } from "../../mod.ts";
import { tables } from "../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { type NotebookClient, openClient } from "./notebook_client.ts";
import { type ScriptedModelServer, type ScriptSource, startScriptedModel } from "./scripted_model_server.ts";

/** The address of a test's notebooks. */
export interface SyncServerAddress {
  syncUrl: string;
  authToken: string;
}

/** An agent that serves a new notebook, with a person's client. */
export interface Attached extends AsyncDisposable {
  readonly agent: AIPythonAgent;
  readonly model: ScriptedModelServer;
  readonly person: NotebookClient;
  readonly notebookId: string;
  /** Creates another agent for the same notebook. It is shut down with the others. */
  another(options?: AIPythonAgentOptions): AIPythonAgent;
}

/**
 * Attaches an agent to a new notebook, and waits until the person's client sees its session. The script answers its
 * model requests.
 */
export async function attach(
  { syncUrl, authToken }: SyncServerAddress,
  script: ScriptSource,
  options: AIPythonAgentOptions = {},
): Promise<Attached> {
  const notebookId = newNotebookId();
  const model = await startScriptedModel(script);
  const agents: AIPythonAgent[] = [];
  const another = (more: AIPythonAgentOptions = {}) => {
    const common = { notebookId, authToken, syncUrl, apiKey: "test-key", baseUrl: model.baseUrl };
    agents.push(new AIPythonAgent({ ...common, ...options, ...more }));
    return agents.at(-1)!;
  };
  const person = await openClient({ syncUrl, authToken, notebookId });
  const agent = another();
  await agent.start();
  await person.until(tables.runtimeSessions.where({ isActive: true }), (sessions) => sessions.length > 0);
  return {
    agent,
    model,
    person,
    notebookId,
    another,
    async [Symbol.asyncDispose]() {
      await Promise.all(agents.map((each) => each.shutdown()));
      await person.store.close();
      await model.stop();
    },
  };
}
