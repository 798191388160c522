import assert from "node:assert/strict";
import { shownRepresentations } from "../../src/notebook/schema/media.ts";
import { startSyncServer, type SyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import type { NotebookClient, OutputRow } from "../support/notebook_client.ts";
import { goldenCells, perfectAnswer } from "./golden_cells.ts";
import { executionCountOf, expectedEnd, type Seen } from "./golden_end.ts";

/** The ways in which the model is asked and answers. */
const ways = [
  { way: "in calls of tools", asText: false },
  { way: "in calls written as text", asText: true },
];

for (const { way, asText } of ways) {
  Deno.test(`a model that says what ipykernel said, ${way}, leaves what ipykernel left, for every cell of the recording`, async (t) => {
    await using server = await startSyncServer();
    let current = goldenCells[0];
    await using at = await attach(server, () => perfectAnswer(current, { asText }), {
      toolMode: asText ? "text" : "auto",
    });
    const ids = new Map<string, string>();

    for (const cell of goldenCells) {
      await t.step(cell.name, async () => {
        current = cell;
        const before = at.model.requests.length;
        const id = at.person.addCell(cell.code);
        ids.set(cell.name, id);
        const request = at.person.run(id, executionCountOf(cell));
        await at.person.requestIs(request, "completed", "failed", "cancelled");
        const { status, outputs, requests } = expectedEnd(cell);
        assert.equal(at.person.request(request).status, status);
        assert.deepEqual(await seen(at.person, server, id), outputs);
        assert.equal(at.model.requests.length - before, requests);
      });
    }

    await t.step("an update reaches the display of an earlier cell", async () => {
      const [display] = await seen(at.person, server, ids.get("disp_id")!);
      assert.deepEqual(display, { type: "display_data", data: { "text/plain": "'third'" } });
    });
  });
}

/** What a second client reads of a cell, in the order in which the app draws it; it joins neighbouring texts of a stream. */
async function seen(person: NotebookClient, server: SyncServer, cellId: string): Promise<Seen[]> {
  const outputs: Seen[] = [];
  for (const row of person.outputs(cellId)) {
    const last = outputs.at(-1);
    if (row.outputType === "terminal" && last?.type === "stream" && last.name === row.streamName) {
      last.text += row.data;
    } else outputs.push(await readRow(row, server));
  }
  return outputs;
}

async function readRow(row: OutputRow, server: SyncServer): Promise<Seen> {
  switch (row.outputType) {
    case "terminal":
      return { type: "stream", name: row.streamName, text: row.data ?? "" };
    case "error": {
      const { ename, evalue, traceback } = JSON.parse(row.data!);
      return { type: "error", ename, evalue, traceback: traceback.join("\n") };
    }
    case "multimedia_result":
      return { type: "execute_result", data: await readBundle(row, server), executionCount: row.executionCount };
    default:
      return { type: "display_data", data: await readBundle(row, server) };
  }
}

/** The representations, artifacts fetched. What is there for the app alone is left out. */
async function readBundle({ representations }: OutputRow, server: SyncServer): Promise<Record<string, unknown>> {
  const bundle: Record<string, unknown> = {};
  for (const [mime, content] of Object.entries(shownRepresentations(representations ?? {}))) {
    if (content.type === "inline") bundle[mime] = content.data;
    else bundle[mime] = await (await fetch(`${server.apiUrl}/api/artifacts/${content.artifactId}`)).text();
  }
  return bundle;
}
