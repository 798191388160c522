/**
 * The recorded sessions in a notebook: an attached agent, the sync server, and a second client that looks on.
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

/** Ways that have each tool mode, each interface, and answers that are streamed and that are not. */
const ways: readonly GoldenWay[] = [
  { toolMode: "auto", api: "chat", isStreamed: true },
  { toolMode: "text", api: "chat", isStreamed: false },
  { toolMode: "sequential", api: "responses", isStreamed: true },
];

for (const [name, session] of Object.entries({ session: goldenSessions.session, kinds: goldenSessions.kinds })) {
  for (const way of ways) {
    Deno.test(`what ipykernel left of each cell is left in a notebook: ${name}, ${describeWay(way)}`, async (t) => {
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
        await t.step(cell.name, async () => {
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
        await t.step(`an update reaches the display of the earlier cell ${shown.name}`, async () => {
          const outputs = await seen(at.person, server, ids.get(shown.name)!);
          assert.ok(outputs.some((output) => output.type === "display_data" && output.data["text/plain"] === updated));
        });
      }
    });
  }
}

/** The displays that a later cell changes for the last time, and to which text. */
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

/** The outputs that a second client reads of a cell, in the order in which the app draws them. It joins neighbouring texts of a stream. */
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

/** The representations, artifacts fetched. Representations that only the app uses are left out. */
async function readBundle({ representations }: OutputRow, server: SyncServer): Promise<Record<string, unknown>> {
  const bundle: Record<string, unknown> = {};
  for (const [mime, content] of Object.entries(shownRepresentations(representations ?? {}))) {
    if (content.type === "inline") bundle[mime] = content.data;
    else bundle[mime] = await (await fetch(`${server.apiUrl}/api/artifacts/${content.artifactId}`)).text();
  }
  return bundle;
}
