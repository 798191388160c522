/**
 * Recordings of a real ipykernel's outputs, cell by cell, and a perfect model's answer to each cell.
 *
 * @module
 */

import type { StreamName } from "../../src/execution/execution_context.ts";
import { writeTextCalls } from "../../src/execution/reply/text_call_writer.ts";
import type { JsonValue } from "../../src/media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../src/media/mime_bundle.ts";
import { answer, call, text } from "../support/scripted_answer.ts";
import type { Step } from "../support/scripted_answer.ts";

/** A recorded output in the form of nbformat and Jupyter's messages. */
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

/** A recorded cell. */
export interface GoldenCell {
  name: string;
  /** Its subject, if the recording names one. */
  kind?: string;
  /** Differences from a front end's default request. */
  run?: {
    /** The request was silent. */
    silent?: boolean;
    /** `false` if the cell was kept out of the history. */
    store_history?: boolean;
    /** The texts that were typed when the kernel asked for input. */
    typed?: string[];
    /** The cell was interrupted at its first output. */
    interrupt?: boolean;
    /** User expressions of the request. */
    user_expressions?: Record<string, string>;
  };
  /** The part of the outputs that differs from run to run. */
  varies_in?: string;
  /** Texts of earlier cells that determine its outputs, if the recording tests that. */
  depends_on?: string[];
  code: string;
  execution_count: number;
  status: "ok" | "error";
  outputs: GoldenOutput[];
  /** The kernel's requests to the front end, such as to show a page or to exit. */
  payload?: { source: string; data?: { "text/plain": string } }[];
}

/** A picture of one pixel, because the recording keeps only the beginnings of its pictures. */
const ONE_PIXEL_PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** The cells of each recording in the order of execution. Each recording is a separate session. */
export const goldenSessions: Readonly<Record<"session" | "kinds" | "probes", readonly GoldenCell[]>> = {
  session: await readRecording("session.json"),
  kinds: await readRecording("kinds.json"),
  probes: await readRecording("probes.json"),
};

/** The cells of the longest recording. */
export const goldenCells: readonly GoldenCell[] = goldenSessions.session;

async function readRecording(name: string): Promise<GoldenCell[]> {
  const { cells }: { cells: GoldenCell[] } = JSON.parse(await Deno.readTextFile(new URL(name, import.meta.url)));
  return cells.map((cell) => ({ ...cell, outputs: cell.outputs.map(withWholePicture) }));
}

function withWholePicture(output: GoldenOutput): GoldenOutput {
  if (!("data" in output) || !("image/png" in output.data)) return output;
  return { ...output, data: { ...output.data, "image/png": ONE_PIXEL_PNG } };
}

export interface GoldenCall {
  name: string;
  args: { [key: string]: JsonValue };
}

/**
 * Returns the answer of a model that knows ipykernel's outputs exactly.
 *
 * @param options.asText whether calls are written as text. Default: false
 */
export function perfectAnswer(cell: GoldenCell, { asText = false } = {}): Step[] {
  if (cell.outputs.length === 0) return answer(text("(no output)"));
  const calls = perfectCalls(cell);
  return asText ? answer(text(writeCalls(calls))) : answer(...calls.map(({ name, args }) => call(name, args)));
}

/** Returns calls as the text that a model without tools writes. */
export function writeCalls(calls: readonly GoldenCall[]): string {
  return writeTextCalls(calls.map(({ name, args }) => ({ name, arguments: JSON.stringify(args) })));
}

/**
 * Returns the tool calls for a cell's outputs. An exception that ipykernel wrote to stderr becomes a call of `error`.
 */
export function perfectCalls({ outputs, status }: GoldenCell): GoldenCall[] {
  const last = outputs.at(-1);
  if (status === "ok" || last?.output_type !== "stream" || hasError(outputs)) return outputs.map(toCall);
  return [...outputs.slice(0, -1).map(toCall), { name: "error", args: exceptionIn(last.text) }];
}

/** Returns whether some of the outputs are errors. */
export function hasError(outputs: readonly GoldenOutput[]): boolean {
  return outputs.some(({ output_type }) => output_type === "error");
}

/** Returns the exception in a text on stderr: a wrong use of a magic, or the last of a chain or group. */
function exceptionIn(text: string): GoldenCall["args"] {
  const lines = text.trimEnd().split("\n");
  const found = lines.map((line) => /^(?: {2}\| )?([A-Z]\w+): (.*)$/.exec(line)).findLast((match) => match !== null);
  const [, ename, evalue] = found!;
  return { ename, evalue, traceback: lines };
}

function toCall(output: GoldenOutput): GoldenCall {
  switch (output.output_type) {
    case "stream":
      return { name: output.name, args: { text: output.text } };
    case "execute_result":
      return { name: "execute_result", args: bundleOf(output.data, output.metadata) };
    case "display_data":
    case "update_display_data": {
      const { display_id } = output.transient;
      const update: { [key: string]: JsonValue } = output.output_type === "display_data" ? {} : { update: true };
      const named: { [key: string]: JsonValue } = display_id === undefined ? {} : { display_id, ...update };
      return { name: "display", args: bundleOf(output.data, { ...output.metadata, ...named }) };
    }
    case "clear_output":
      return { name: "display", args: { data: {}, metadata: { clear_output: true, wait: output.wait } } };
    case "error": {
      const { ename, evalue, traceback } = output;
      return { name: "error", args: { ename, evalue, traceback } };
    }
  }
}

function bundleOf(data: MimeBundle, metadata: MimeMetadata): { [key: string]: JsonValue } {
  return Object.keys(metadata).length === 0 ? { data } : { data, metadata };
}
