/**
 * The outputs of a cell as data, in the order in which they appeared.
 *
 * @module
 */

import type { StreamName } from "./execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";

/** Text on a stream. */
export interface StreamOutput {
  /** Identifies the kind of output. */
  type: "stream";
  /** The name of the stream. */
  name: StreamName;
  /** The text, including ANSI codes. */
  text: string;
}

/** The value of the cell's last expression, `Out[n]`. */
export interface ExecuteResultOutput {
  /** Identifies the kind of output. */
  type: "execute_result";
  /** The representations by MIME type. */
  data: MimeBundle;
  /** The metadata of the representations. */
  metadata?: MimeMetadata;
}

/** Rich content that `display()` shows. */
export interface DisplayDataOutput {
  /** Identifies the kind of output. */
  type: "display_data";
  /** The representations by MIME type. */
  data: MimeBundle;
  /** The metadata of the representations. */
  metadata?: MimeMetadata;
}

/** A Python exception. */
export interface ErrorOutput {
  /** Identifies the kind of output. */
  type: "error";
  /** The exception's class. */
  ename: string;
  /** The exception's message, which may be empty. */
  evalue: string;
  /** The lines of the traceback, which may contain ANSI colors. */
  traceback: string[];
}

/**
 * One output of a cell. The types are named as nbformat's `output_type`.
 *
 * ```ts
 * import type {
 *   CellOutput,
 *   DisplayDataOutput,
 *   ErrorOutput,
 *   ExecuteResultOutput,
 *   StreamOutput,
 * } from "@runt/aipython-runtime-agent";
 *
 * const text: StreamOutput = { type: "stream", name: "stdout", text: "hi\n" };
 * const value: ExecuteResultOutput = { type: "execute_result", data: { "text/plain": "4" } };
 * const picture: DisplayDataOutput = { type: "display_data", data: { "text/plain": "<Figure>", "image/svg+xml": "<svg/>" } };
 * const error: ErrorOutput = { type: "error", ename: "KeyError", evalue: "'a'", traceback: ["KeyError: 'a'"] };
 * const outputs: CellOutput[] = [text, value, picture, error];
 * console.log(outputs.map(({ type }) => type));
 * ```
 */
export type CellOutput = StreamOutput | ExecuteResultOutput | DisplayDataOutput | ErrorOutput;

/** Joins adjacent texts of the same stream, as a notebook shows them. The given outputs are not changed. */
export function joinStreams(outputs: readonly CellOutput[]): CellOutput[] {
  const joined: CellOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.type === "stream" && last?.type === "stream" && last.name === output.name) {
      joined[joined.length - 1] = { ...last, text: last.text + output.text };
    } else {
      joined.push(output);
    }
  }
  return joined;
}
