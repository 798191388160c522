import assert from "node:assert/strict";
import { startSyncServer, type SyncServer } from "../../stack/sync_server/start.ts";
import { attach } from "../support/attached.ts";
import type { NotebookClient, OutputRow } from "../support/notebook_client.ts";
import { type GoldenCell, goldenCells, type GoldenOutput, perfectAnswer } from "./golden_cells.ts";

/** An output as a person sees it: what is drawn, without ids and positions. */
type Seen =
  | { type: "stream"; name: string | null; text: string }
  | { type: "error"; ename: string; evalue: string; traceback: string }
  | { type: "execute_result" | "display_data"; data: Record<string, unknown>; executionCount?: number | null };

/** A difference from the recording that the contract forces. */
interface Difference {
  reason: string;
  /** How the request ends instead. */
  status?: "completed" | "failed";
  /** What is left to be seen instead. */
  change?(expected: Seen[]): Seen[];
}

const differences: Record<string, Difference> = {
  sysexit: {
    reason: "nothing is shown after an error: the warning that ipykernel prints after SystemExit is left out",
    change: (expected) => expected.filter((output) => output.type !== "stream"),
  },
  lsmagic_bad: {
    reason: "only the error tool tells of an error, and IPython prints this one on stderr",
    status: "completed",
  },
  repr_raises: {
    reason:
      "a cell with an error in its outputs has failed; ipykernel shows a failing repr and calls the cell a success",
    status: "failed",
  },
};

Deno.test("a model that says what ipykernel said leaves what ipykernel left, for every cell of the recording", async (t) => {
  await using server = await startSyncServer();
  let current = goldenCells[0];
  await using at = await attach(server, () => perfectAnswer(current));
  const ids = new Map<string, string>();

  for (const cell of goldenCells) {
    await t.step(cell.name, async () => {
      current = cell;
      const id = at.person.addCell(cell.code);
      ids.set(cell.name, id);
      const request = at.person.run(id, executionCountOf(cell));
      await at.person.requestIs(request, "completed", "failed", "cancelled");
      const difference = differences[cell.name];
      const status = difference?.status ?? (cell.status === "ok" ? "completed" : "failed");
      assert.equal(at.person.request(request).status, status);
      const change = difference?.change ?? ((expected: Seen[]) => expected);
      assert.deepEqual(await seen(at.person, server, id), change(expected(cell)));
    });
  }

  await t.step("an update reaches the display of an earlier cell", async () => {
    const [display] = await seen(at.person, server, ids.get("disp_id")!);
    assert.deepEqual(display, { type: "display_data", data: { "text/plain": "'third'" } });
  });
});

/** The count that the request carries: that of the recorded result, where there is one. */
function executionCountOf(cell: GoldenCell): number {
  const result = cell.outputs.find((output) => output.output_type === "execute_result");
  return result?.execution_count ?? cell.execution_count;
}

/** What a cell of the recording leaves to be seen, after its own clears and updates. */
function expected(cell: GoldenCell): Seen[] {
  let left: (Seen & { displayId?: string })[] = [];
  for (const output of cell.outputs) {
    if (output.output_type === "clear_output") left = [];
    else if (output.output_type === "update_display_data") {
      left = left.map((shown) =>
        shown.displayId === output.transient.display_id ? { ...toSeen(output), displayId: shown.displayId } : shown
      );
    } else left.push({ ...toSeen(output), displayId: displayIdOf(output) });
  }
  return left.map(({ displayId: _, ...shown }) => shown as Seen);
}

function displayIdOf(output: GoldenOutput): string | undefined {
  return output.output_type === "display_data" ? output.transient.display_id : undefined;
}

function toSeen(output: Exclude<GoldenOutput, { output_type: "clear_output" }>): Seen {
  switch (output.output_type) {
    case "stream":
      return { type: "stream", name: output.name, text: output.text };
    case "error":
      return { type: "error", ename: output.ename, evalue: output.evalue, traceback: output.traceback.join("\n") };
    case "execute_result":
      return { type: "execute_result", data: output.data, executionCount: output.execution_count };
    default:
      return { type: "display_data", data: output.data };
  }
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

/** The representations, artifacts fetched. An SVG's picture is ours, and left out. */
async function readBundle({ representations }: OutputRow, server: SyncServer): Promise<Record<string, unknown>> {
  const bundle: Record<string, unknown> = {};
  for (const [mime, content] of Object.entries(representations ?? {})) {
    if (mime === "image/png" && "image/svg+xml" in representations!) continue;
    if (content.type === "inline") bundle[mime] = content.data;
    else bundle[mime] = await (await fetch(`${server.apiUrl}/api/artifacts/${content.artifactId}`)).text();
  }
  return bundle;
}
