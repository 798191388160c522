/**
 * Two notebooks that one command serves, with a person in each.
 *
 * @module
 */

import { AIPythonAgent } from "../../../mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { agentEnvironment } from "../../support/agent_environment.ts";
import type { SyncServerAddress } from "../../support/attached.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";
import {
  type ScriptedModelServer,
  type ScriptSource,
  startScriptedModel,
} from "../../support/scripted_model_server.ts";
import { RunningCommand } from "../running_command.ts";

/** Two notebooks with their people, their model and the command that serves them. */
export interface TwoServedNotebooks extends AsyncDisposable {
  readonly ids: readonly [string, string];
  readonly people: readonly [NotebookClient, NotebookClient];
  readonly model: ScriptedModelServer;
  readonly command: RunningCommand;
  /** Resolves when the command is attached to both notebooks. */
  attached(): Promise<void>;
  /** Starts the command again, as a supervisor does. */
  restart(): RunningCommand;
  /** Takes a notebook over from the command. The id of the new runtime is `newer`. */
  takeOver(notebookId: string): Promise<AIPythonAgent>;
}

/** Options for starting the command. */
export interface TwoServedOptions {
  /** Additional environment variables. */
  environment?: Record<string, string>;
  /** The script. Default: the command itself. */
  script?: URL;
}

/** Starts a command that serves two new notebooks. Its model answers according to the script. */
export async function serveTwoNotebooks(
  { syncUrl, authToken }: SyncServerAddress,
  answers: ScriptSource,
  { environment, script }: TwoServedOptions = {},
): Promise<TwoServedNotebooks> {
  const disposables = new AsyncDisposableStack();
  const ids = [newNotebookId(), newNotebookId()] as const;
  const model = disposables.use(await startScriptedModel(answers));
  const common = { syncUrl, authToken, apiKey: "test-key", baseUrl: model.baseUrl };
  const [first, second] = await Promise.all(
    ids.map(async (notebookId) => disposables.use(await openClient({ syncUrl, authToken, notebookId }))),
  );
  const start = () =>
    disposables.use(
      new RunningCommand({
        environment: { ...agentEnvironment({ syncUrl, authToken, notebookId: ids.join(",") }, model), ...environment },
        script,
      }),
    );
  const command = start();
  return {
    ids,
    people: [first, second],
    model,
    command,
    async attached() {
      await Promise.all(ids.map((id) => command.wrote(`attached notebook=${id}`)));
    },
    restart: start,
    async takeOver(notebookId) {
      const newer = new AIPythonAgent({ ...common, notebookId, runtimeId: "newer" });
      disposables.defer(() => newer.shutdown());
      await newer.start();
      return newer;
    },
    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  };
}
