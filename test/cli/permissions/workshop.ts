/**
 * Servers, folders and a clone for the jobs of the commands.
 *
 * @module
 */

import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { answer, display, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { openPermissionClone, type PermissionSet } from "./clone.ts";
import { MODEL, RED, type Workplace } from "./workplace.ts";
import { modelEnvironment } from "../run/run_process.ts";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><text x="9" y="9">hi</text></svg>`;

/** Creates the environments of jobs. */
export interface Workshop extends AsyncDisposable {
  /** Creates an environment with a new notebook for a command that has the given permission set. */
  place(set: string): Promise<Workplace>;
}

/**
 * Starts the servers and creates the clone. The clone is the working directory, so that permission sets can name its `.env`.
 *
 * @param permissions the permission sets by name
 */
export async function openWorkshop(permissions: Record<string, PermissionSet>): Promise<Workshop> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startSyncServer());
  const model = await startScriptedModel(answer(stdout(RED), display({ "image/svg+xml": svg })));
  stack.defer(() => model.stop());
  const clone = stack.use(await openPermissionClone(permissions));
  await Deno.writeTextFile(`${clone.folder}/.env`, `AIPYTHON_MODEL=${MODEL}\n`);
  await Deno.writeTextFile(`${clone.folder}/cell.py`, "plot()\n");
  const { AIPYTHON_MODEL: _model, ...servers } = modelEnvironment(model);
  const ended = stack.move();
  return {
    async place(set) {
      const elsewhere = await Deno.realPath(await Deno.makeTempDir());
      ended.defer(() => Deno.remove(elsewhere, { recursive: true }));
      const notebook = { syncUrl: server.syncUrl, authToken: server.authToken, notebookId: newNotebookId() };
      return {
        deno: Deno.execPath(),
        command: (...args) => clone.command(set, args),
        folder: clone.folder,
        elsewhere,
        model,
        notebook,
        environment: {
          ...denoEnvironment(),
          ...servers,
          LIVESTORE_SYNC_URL: notebook.syncUrl,
          AUTH_TOKEN: notebook.authToken,
          NOTEBOOK_ID: notebook.notebookId,
          AIPYTHON_CONNECT_TIMEOUT: "10",
          HOME: elsewhere,
          TMPDIR: elsewhere,
          // Some packages ask for these variables. They must not receive them.
          CI: "true",
          LOG: "x",
        },
      };
    },
    [Symbol.asyncDispose]: () => ended.disposeAsync(),
  };
}

/** Returns the variables with which Deno finds its cache. `HOME` is another folder for the command. */
function denoEnvironment(): Record<string, string> {
  const { PATH, DENO_DIR, HOME } = Deno.env.toObject();
  return { PATH, DENO_DIR: DENO_DIR ?? `${HOME}/.cache/deno` };
}
