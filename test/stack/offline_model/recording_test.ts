import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { type GoldenCell, goldenSessions } from "../../golden/golden_cells.ts";
import { isInterrupted, leftOutOf } from "./left_out.ts";
import { callTexts, recordedTexts } from "./recorded_cell.ts";
import { ask } from "./support.ts";

/** The minimum number of compared cells of each recording. */
const COMPARED = { session: 100, kinds: 75, probes: 45, errors: 200 };

/** Cells that end in all kinds of errors and warnings, from a separate recording with the same kernel. */
const errors: GoldenCell[] =
  JSON.parse(await Deno.readTextFile(new URL("../../golden/errors.json", import.meta.url))).cells;

for (const [session, cells] of Object.entries({ ...goldenSessions, errors })) {
  Deno.test(`the offline model answers the cells of the recording "${session}" as ipykernel did`, async (t) => {
    await using model = await startOfflineModel();
    const leftOut = leftOutOf(cells);
    assert.ok(cells.length - leftOut.size >= COMPARED[session as keyof typeof COMPARED], [...leftOut].join("\n"));
    for (const cell of cells.filter((cell) => !isInterrupted(cell))) {
      const calls = await ask(model, [cell.code], { key: "recording", from: cell.execution_count });
      if (leftOut.has(cell.name)) continue;
      await t.step(
        `the cell ${cell.name} has the recorded outputs`,
        () => assert.deepEqual(callTexts(calls), recordedTexts(cell)),
      );
    }
  });
}
