/**
 * What a real ipykernel printed, cell by cell, in one session: the recording, and how a perfect model would tell of it.
 *
 * @module
 */

import type { StreamName } from "../../src/execution/execution_context.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../src/media/mime_bundle.ts";
import { answer, call, error, text } from "../support/scripted_answer.ts";
import type { Step } from "../support/scripted_answer.ts";

/** An output of the recording, as nbformat and Jupyter's messages have it. */
export type GoldenOutput =
  | { output_type: "stream"; name: StreamName; text: string }
  | { output_type: "execute_result"; data: MimeBundle; metadata: MimeMetadata; execution_count: number }
  | {
    output_type: "display_data" | "update_display_data";
    data: MimeBundle;
    metadata: MimeMetadata;
    transient: { display_id?: string };
  }
  | { output_type: "clear_output"; wait: boolean }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** A cell of the recording. */
export interface GoldenCell {
  name: string;
  code: string;
  execution_count: number;
  status: "ok" | "error";
  outputs: GoldenOutput[];
  /** What the kernel asked the front end for besides: to show a page, to leave. */
  payload?: { source: string; data?: { "text/plain": string } }[];
}

/** A picture of one pixel; the recording keeps only the beginnings of its own. */
const ONE_PIXEL_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const recording: { cells: GoldenCell[] } = JSON.parse(
  await Deno.readTextFile(new URL("./ipykernel-golden.json", import.meta.url)),
);

/** The cells in the order in which they ran. */
export const goldenCells: readonly GoldenCell[] = recording.cells.map((cell) => ({
  ...cell,
  outputs: cell.outputs.map(withWholePicture),
}));

function withWholePicture(output: GoldenOutput): GoldenOutput {
  if (!("data" in output) || !("image/png" in output.data)) return output;
  return { ...output, data: { ...output.data, "image/png": ONE_PIXEL_PNG } };
}

/** What a model answers that knows exactly what ipykernel said. */
export function perfectAnswer({ outputs }: GoldenCell): Step[] {
  return outputs.length === 0 ? answer(text("(no output)")) : answer(...outputs.map(toCall));
}

function toCall(output: GoldenOutput): Step[] {
  switch (output.output_type) {
    case "stream":
      return call(output.name, { text: output.text });
    case "execute_result":
      return call("execute_result", bundleOf(output.data, output.metadata));
    case "display_data":
    case "update_display_data": {
      const { display_id } = output.transient;
      const update: { [key: string]: JsonValue } = output.output_type === "display_data" ? {} : { update: true };
      const named: { [key: string]: JsonValue } = display_id === undefined ? {} : { display_id, ...update };
      return call("display", bundleOf(output.data, { ...output.metadata, ...named }));
    }
    case "clear_output":
      return call("display", { data: {}, metadata: { clear_output: true, wait: output.wait } });
    case "error":
      return error(output.ename, output.evalue, output.traceback);
  }
}

function bundleOf(data: MimeBundle, metadata: MimeMetadata): { [key: string]: JsonValue } {
  return Object.keys(metadata).length === 0 ? { data } : { data, metadata };
}
