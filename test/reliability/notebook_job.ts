/**
 * Cells that contain their expected output, a model that prints it, and the final check of a notebook's log.
 *
 * @module
 */

import assert from "node:assert/strict";
import { checkLog } from "../../soak/check_log.ts";
import { jobCode, readJob, replyTo } from "../../soak/job.ts";
import { readLog } from "../../soak/read_log.ts";
import type { SyncServer } from "../../stack/sync_server/start.ts";
import type { NotebookClient } from "../support/notebook_client.ts";
import type { RecordedRequest, Script } from "../support/scripted_model_server.ts";

/** Answers a request with the output that its cell asks for. */
export function answerJob({ body }: RecordedRequest): Script {
  const job = readJob(body.messages.at(-1).content);
  if (job === undefined) throw new Error(`no job in ${JSON.stringify(body.messages.at(-1))}`);
  return replyTo(job, true);
}

/** Runs two cells of three lines each. Returns the requests when the server has them. */
export async function runJobs(person: NotebookClient): Promise<string[]> {
  const codes = [1, 2].map((id) => jobCode({ id, lines: 3, pace: 1, fault: "none" }));
  const requests = person.runAll(codes.map((code) => person.addCell(code)));
  await person.store.settled(AbortSignal.timeout(10_000));
  return requests;
}

/**
 * Waits until the last of the requests has completed, and asserts that all ended once with all their outputs in order.
 */
export async function allIsWell(
  { syncUrl, authToken }: SyncServer,
  notebookId: string,
  person: NotebookClient,
  requests: string[],
): Promise<void> {
  await person.requestIs(requests.at(-1)!, "completed");
  await person.store.settled(AbortSignal.timeout(10_000));
  const log = await readLog({ syncUrl, authToken, notebookId });
  assert.deepEqual(checkLog(log), { requests: requests.length, lost: [], doubled: [], stuck: [] });
  for (const request of requests) assert.equal(person.request(request).status, "completed");
}
