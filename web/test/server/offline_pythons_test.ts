/**
 * The Python process of a notebook: it ends with the notebook's agent, and the next agent restores its state in a new process.
 *
 * @module
 */

import assert from "node:assert/strict";
import { join } from "node:path";
import { NotebookClient } from "../../../stack/demo/notebook_client.ts";
import { ended } from "../../../test/stack/offline_model/ended.ts";
import { openSocket } from "./raw_requests.ts";
import { startTestSite } from "./test_site.ts";

/** Lists the Python processes that this test has started, including the spare one, oldest first. */
async function livingPythons(): Promise<number[]> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "pid=,args=", "--ppid", String(Deno.pid)] }).output();
  const lines = new TextDecoder().decode(stdout).split("\n").filter((line) =>
    line.includes("offline_model/child/main.ts")
  );
  return lines.map((line) => Number.parseInt(line)).toSorted((a, b) => a - b);
}

Deno.test("a notebook's Python process ends with its agent and when the notebook is deleted", async () => {
  await using site = await startTestSite({ lingerMs: 0 });
  const signal = AbortSignal.timeout(60_000);
  const { id } = await (await site.ask("/api/notebooks", { method: "POST", body: '{"title":"Pythons"}' })).json();
  const authToken = await Deno.readTextFile(join(site.dataDir, "sync_token"));
  await using client = await NotebookClient.open({ syncUrl: site.syncUrl, authToken, notebookId: id }, signal);
  const cells = ["x = 1", "x + 1"].map((source) => ({ type: "code" as const, source, metadata: {}, outputs: [] }));
  const [first, second] = client.create(id, { title: "Pythons", cells });

  /** Runs a cell while a page has the notebook open. Resolves with the cell's outputs and the Python processes at that time. */
  const runWhileLooking = async (cellId: string) => {
    const page = await openSocket(site, id, site.cookie);
    await client.runtimeReady(signal);
    const { outputs } = await client.run(cellId, () => {}, signal);
    const pythons = await livingPythons();
    return { outputs, pythons, page };
  };

  const before = await runWhileLooking(first);
  assert.ok(before.pythons.length <= 2, before.pythons.join());
  before.page.close();
  await ended(before.pythons[0]);

  const after = await runWhileLooking(second);
  assert.ok(JSON.stringify(after.outputs).includes('"text/plain":"2"'), JSON.stringify(after.outputs));
  assert.ok(after.pythons.length <= 2, after.pythons.join());
  // The page is still open, so the agent ends only because the notebook is deleted.
  const response = await site.ask(`/api/notebooks/${id}`, { method: "DELETE" });
  assert.equal(response.status, 204);
  await ended(after.pythons[0]);
  after.page.close();
});
