import assert from "node:assert/strict";
import { startOfflineModel } from "../../../stack/offline_model/offline_model.ts";
import { type GoldenCell, goldenCells, type GoldenOutput } from "../../golden/golden_cells.ts";
import { ask, type Call } from "./support.ts";

/** Cells of the recording that are not compared, and why. */
const NOT_COMPARED: Record<string, string[]> = {
  "needs a package": [
    ...["numpy_1d", "numpy_2d", "numpy_big", "numpy_scalar", "df", "df_print", "df_describe", "df_info", "df_long"],
    ...["series", "mpl_import", "mpl_plot", "mpl_show", "mpl_fig_result", "pandas_keyerror"],
  ],
  "needs a shell": ["bang_stderr", "bash", "subprocess"],
  "was answered by a person": ["input", "getpass"],
  "was interrupted by a person": ["kbint"],
  "was sent as a silent request": ["silent"],
  "depends on what was in the folder": ["pwd", "writefile"],
};

/** Replaces what differs between two runs of a real kernel: addresses, ids, durations, the kernel's process id. */
function settled(text: string): string {
  return text
    .replace(/0x[0-9a-f]+/g, "0x0")
    .replace(/\b[0-9a-f]{32}\b/g, "display-id")
    .replace(/\/tmp\/ipykernel_\d+\//g, "/tmp/ipykernel/")
    .replace(/\d+(?:\.\d+)? (?:ns|µs|ms|s)\b/g, "a while");
}

type Told = Record<string, unknown>;

function streams(outputs: { name: string; text: string }[]): Told {
  const told: Record<string, string> = {};
  for (const { name, text } of outputs) told[name] = (told[name] ?? "") + text;
  return told;
}

/** What the recording tells of a cell: the text of each stream, and the other outputs in their order. */
function recorded({ outputs }: GoldenCell): Told {
  const texts = outputs.filter((output) => output.output_type === "stream");
  const others = outputs.filter((output) => output.output_type !== "stream").map(toCall);
  return { ...streams(texts), others };
}

function toCall(output: Exclude<GoldenOutput, { output_type: "stream" }>): Told {
  switch (output.output_type) {
    case "error":
      return { name: "error", ename: output.ename, evalue: output.evalue };
    case "clear_output":
      return { name: "display", data: {}, metadata: { clear_output: true, wait: output.wait } };
    case "execute_result":
      return { name: "execute_result", data: output.data, metadata: output.metadata };
    default: {
      const { display_id } = output.transient;
      const update = output.output_type === "update_display_data" ? { update: true } : {};
      const metadata = { ...output.metadata, ...(display_id !== undefined && { display_id }), ...update };
      return { name: "display", data: output.data, metadata };
    }
  }
}

/** The same of what the offline model calls. */
function told(calls: Call[]): Told {
  const isText = ({ name }: Call) => name === "stdout" || name === "stderr";
  const texts = calls.filter(isText).map(({ name, arguments: { text } }) => ({ name, text: text as string }));
  const others = calls.filter((call) => !isText(call)).map(({ name, arguments: { traceback: _, ...rest } }) =>
    name === "error" ? { name, ...rest } : { name, metadata: {}, ...rest }
  );
  return { ...streams(texts), others };
}

Deno.test("the offline model tells what ipykernel showed, cell by cell of the recording", async (t) => {
  await using model = await startOfflineModel();
  const left = new Set(Object.values(NOT_COMPARED).flat());
  for (const cell of goldenCells) {
    if (cell.name === "kbint") continue; // it would sleep for 30 seconds
    const calls = await ask(model, [cell.code], { key: "recording", from: cell.execution_count });
    if (left.has(cell.name) || "payload" in cell) continue;
    await t.step(cell.name, () => {
      const [actual, expected] = [told(calls), recorded(cell)].map((value) =>
        JSON.parse(settled(JSON.stringify(value)))
      );
      assert.deepEqual(actual, expected);
    });
  }
});
