/**
 * Servers, folders and a clone in which the jobs of commands are done.
 *
 * @module
 */

import { newNotebookId } from "../../../stack/notebook_id.ts";
import { startSyncServer } from "../../../stack/sync_server/start.ts";
import { answer, display, stdout } from "../../support/scripted_answer.ts";
import { startScriptedModel } from "../../support/scripted_model_server.ts";
import { openPermissionClone, type PermissionSet } from "./clone.ts";
import { MODEL, RED, type Workplace } from "./jobs.ts";
import { modelEnvironment } from "../run/run_process.ts";

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48"><text x="9" y="9">hi</text></svg>`;

/** Where jobs are done. */
export interface Workshop extends AsyncDisposable {
  /** Makes a place, with a new notebook, for commands that have a permission set. */
  place(set: string): Promise<Workplace>;
}

/**
 * Starts the servers and makes the clone. The `.env` and the working directory are the clone's: so a set can name them.
 *
 * @param permissions the permission sets by their names
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
          // Packages ask for these, and must not be told.
          CI: "true",
          LOG: "x",
        },
      };
    },
    [Symbol.asyncDispose]: () => ended.disposeAsync(),
  };
}

/** What Deno needs to find its cache, though `HOME` is another one. */
function denoEnvironment(): Record<string, string> {
  const { PATH, DENO_DIR, HOME } = Deno.env.toObject();
  return { PATH, DENO_DIR: DENO_DIR ?? `${HOME}/.cache/deno` };
}
