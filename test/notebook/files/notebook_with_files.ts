/**
 * Functions that open a notebook with files and describe the files of its cells.
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { CellFiles, type CellFilesOptions } from "../../../src/notebook/files/cell_files.ts";
import { readExecutionsAmongFiles } from "../../../src/notebook/files/executions_among_files.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { newNotebookId } from "../../../stack/notebook_id.ts";
import { type NotebookClient, openClient } from "../../support/notebook_client.ts";
import { uploadFile } from "../../support/uploaded_file.ts";

export const date = new Date("2026-02-03T04:05:06.789Z");
export const patient = () => AbortSignal.timeout(30_000);

/** Opens a notebook whose executions the test writes itself. */
export async function openNotebook({ syncUrl, authToken }: { syncUrl: string; authToken: string }) {
  const notebookId = newNotebookId();
  const client = await openClient({ syncUrl, authToken, notebookId });
  let runs = 0;
  const begun = (code: string) => {
    const id = `cell${++runs}`;
    return [
      events.cellCreated2({ id, fractionalIndex: "a0", cellType: "code", createdBy: "ada" }),
      events.cellSourceChanged({ id, source: code, modifiedBy: "ada" }),
      events.executionRequested({ queueId: `q${runs}`, cellId: id, executionCount: 1, requestedBy: "ada" }),
      started(`q${runs}`, id),
    ];
  };
  const ended = (status: "success" | "error") =>
    events.executionCompleted({
      queueId: `q${runs}`,
      cellId: `cell${runs}`,
      status,
      completedAt: date,
      executionDurationMs: 1,
    });
  const ran = (code: string, status: "success" | "error" = "success") => [...begun(code), ended(status)];
  return {
    notebookId,
    client,
    ran,
    /** Returns the request that was made last. */
    lastRequest: () => `q${runs}`,
    commit: (...written: NotebookEvent[]) => client.store.commit(...written),
    /** Uploads a file as the app does, and returns its artifact id. */
    async upload(fileName: string, content: string): Promise<string> {
      const event = await uploadFile({ syncUrl, authToken, notebookId, fileName, content });
      client.store.commit(event);
      return event.args.artifactId;
    },
    /** Starts to execute code, and returns the request. */
    begin(code: string): string {
      client.store.commit(...begun(code));
      return `q${runs}`;
    },
    /** Starts and ends an execution of code, and returns the request. */
    run(code: string): string {
      client.store.commit(...ran(code));
      return `q${runs}`;
    },
    async [Symbol.asyncDispose]() {
      await client.store.close();
    },
  };
}

export const started = (queueId: string, cellId: string, runtimeSessionId = "s") =>
  events.executionStarted({ queueId, cellId, runtimeSessionId, startedAt: date });

/** Starts a server for a notebook's artifacts that answers as the test wants, and records the requested paths. */
export function startArtifacts(answer: (path: string) => Response | Promise<Response>) {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
    const path = new URL(url).pathname;
    asked.push(path);
    return answer(path);
  });
  return {
    asked,
    syncUrl: `ws://127.0.0.1:${server.addr.port}/livestore`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

export interface Notebook {
  notebookId: string;
  client: NotebookClient;
}

export function cellFiles({ notebookId, client }: Notebook, syncUrl: string, options: Partial<CellFilesOptions> = {}) {
  const common = { notebook: client.store, notebookId, syncUrl, maxFileCharacters: 8_000, logger: silentLogger };
  const files = new CellFiles({ ...common, ...options });
  /** Returns the descriptions of the files of a request and of those before it. */
  return async (queueId: string, signal = patient()) =>
    Object.fromEntries(await files.of(readExecutionsAmongFiles(client.store, queueId), signal));
}
