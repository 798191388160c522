/**
 * Runs the recorded sessions in a notebook with an attached agent, the sync server and another client that reads the
 * outputs.
 *
 * @module
 */

import assert from "node:assert/strict";
import { shownRepresentations } from "../../src/notebook/schema/media.ts";
import { startSyncServer, type SyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import type { NotebookClient, OutputRow } from "../support/notebook_client.ts";
import { type GoldenCell, goldenSessions } from "./golden_cells.ts";
import { executionCountOf, expectedEnd, type Seen } from "./golden_end.ts";
import { describeWay, type GoldenWay, perfectReply, requestsFor } from "./golden_way.ts";

/** Ways that cover each tool mode, each interface, and streamed and whole answers. */
const ways: readonly GoldenWay[] = [
  { toolMode: "auto", api: "chat", isStreamed: true },
  { toolMode: "text", api: "chat", isStreamed: false },
  { toolMode: "sequential", api: "responses", isStreamed: true },
];

for (const [name, session] of Object.entries({ session: goldenSessions.session, kinds: goldenSessions.kinds })) {
  for (const way of ways) {
    Deno.test(`cells of the recording ${name} leave ipykernel's outputs in a notebook, ${describeWay(way)}`, async (t) => {
      await using server = await startSyncServer();
      let current = session[0];
      let before = 0;
      const { toolMode, api } = way;
      await using at = await attach(server, ({ number }) => perfectReply(current, way, number - before), {
        toolMode,
        api,
      });
      const ids = new Map<string, string>();

      for (const cell of session) {
        await t.step(`the cell ${cell.name} leaves ipykernel's outputs`, async () => {
          current = cell;
          before = at.model.requests.length;
          const id = at.person.addCell(cell.code);
          ids.set(cell.name, id);
          const request = at.person.run(id, executionCountOf(cell));
          await at.person.requestIs(request, "completed", "failed", "cancelled");
          const { status, outputs } = expectedEnd(cell);
          assert.equal(at.person.request(request).status, status);
          assert.deepEqual(await seen(at.person, server, id), outputs);
          assert.equal(at.model.requests.length - before, requestsFor(cell, way));
        });
      }

      for (const { shown, updated } of updates(session)) {
        await t.step(`a later cell updates the display of the cell ${shown.name}`, async () => {
          const outputs = await seen(at.person, server, ids.get(shown.name)!);
          assert.ok(outputs.some((output) => output.type === "display_data" && output.data["text/plain"] === updated));
        });
      }
    });
  }
}

/** Returns the cells whose displays a later cell updates, each with the text of the last update. */
function updates(session: readonly GoldenCell[]): { shown: GoldenCell; updated: unknown }[] {
  const shownIn = new Map<string, GoldenCell>();
  const updated = new Map<GoldenCell, unknown>();
  for (const cell of session) {
    for (const output of cell.outputs) {
      const id = "transient" in output ? output.transient.display_id : undefined;
      if (id === undefined) continue;
      if (output.output_type === "display_data") shownIn.set(id, cell);
      else if (shownIn.get(id) !== cell) updated.set(shownIn.get(id)!, "data" in output && output.data["text/plain"]);
    }
  }
  return [...updated].map(([shown, updated]) => ({ shown, updated }));
}

/**
 * Returns the outputs that another client reads of a cell, in display order. Consecutive texts of one stream are
 * joined, as the app does.
 */
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

/** Returns the representations, with artifacts fetched. Representations that only the app uses are left out. */
async function readBundle({ representations }: OutputRow, server: SyncServer): Promise<Record<string, unknown>> {
  const bundle: Record<string, unknown> = {};
  for (const [mime, content] of Object.entries(shownRepresentations(representations ?? {}))) {
    if (content.type === "inline") bundle[mime] = content.data;
    else bundle[mime] = await (await fetch(`${server.apiUrl}/api/artifacts/${content.artifactId}`)).text();
  }
  return bundle;
}
