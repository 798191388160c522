/**
 * A notebook that a command serves, for tests of the shutdown.
 *
 * @module
 */

import { tables } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import type { SyncServer } from "../../../stack/sync_server/start.ts";
import { openSocket, socketUrl, type SyncEvent } from "../../stack/sync_server/sync_socket.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";
import {
  type ScriptedModelOptions,
  type ScriptedModelServer,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { RunningCommand } from "../running_command.ts";

/** A notebook with a person in it and a model for its runtime. */
export class ServedNotebook implements AsyncDisposable {
  readonly #server: SyncServer;
  readonly notebookId: string;
  readonly person: NotebookClient;
  readonly model: ScriptedModelServer;

  private constructor(server: SyncServer, notebookId: string, person: NotebookClient, model: ScriptedModelServer) {
    this.#server = server;
    this.notebookId = notebookId;
    this.person = person;
    this.model = model;
  }

  static async open(
    server: SyncServer,
    script: ScriptSource = [],
    options?: ScriptedModelOptions,
  ): Promise<ServedNotebook> {
    const notebookId = newNotebookId();
    const { syncUrl, authToken } = server;
    const person = await openClient({ syncUrl, authToken, notebookId });
    return new ServedNotebook(server, notebookId, person, await startScriptedModel(script, options));
  }

  /** Returns the environment for a runtime of this notebook. */
  environment(syncUrl = this.#server.syncUrl): Record<string, string> {
    const { authToken } = this.#server;
    return agentEnvironment({ syncUrl, authToken, notebookId: this.notebookId }, this.model);
  }

  /** Starts a runtime. */
  start(syncUrl?: string, script?: URL): RunningCommand {
    return new RunningCommand({ environment: this.environment(syncUrl), script });
  }

  /** Fetches the notebook's event log from the server. */
  async log(): Promise<SyncEvent[]> {
    const { syncUrl, authToken } = this.#server;
    await using socket = await openSocket(socketUrl(syncUrl, this.notebookId, { authToken }));
    socket.send({ _tag: "WSMessage.PullReq", requestId: "log" });
    const log: SyncEvent[] = [];
    while (true) {
      const { batch = [], remaining = 0 } = await socket.next();
      log.push(...batch.map(({ eventEncoded }) => eventEncoded));
      if (remaining === 0) return log;
    }
  }

  /** Resolves when the notebook has this many sessions and all of them were shut down. */
  async sessionsEnded(count: number): Promise<void> {
    await this.person.until(
      tables.runtimeSessions,
      (rows) => rows.length === count && rows.every((row) => row.terminatedReason === "shutdown"),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.person.store.close();
    await this.model.stop();
  }
}
