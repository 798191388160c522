/**
 * What a cell has shown, as data: the outputs of a notebook cell, in the order in which they appeared.
 *
 * @module
 */

import type { StreamName } from "./execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";

/** Text on a stream. */
export interface StreamOutput {
  /** Tells the kinds of output apart. */
  type: "stream";
  /** Which stream. */
  name: StreamName;
  /** Its text, ANSI codes included. */
  text: string;
}

/** The value of the cell's last expression, `Out[n]`. */
export interface ExecuteResultOutput {
  /** Tells the kinds of output apart. */
  type: "execute_result";
  /** Its forms by MIME type. */
  data: MimeBundle;
  /** Notes on the forms. */
  metadata?: MimeMetadata;
}

/** Rich content shown by `display()`. */
export interface DisplayDataOutput {
  /** Tells the kinds of output apart. */
  type: "display_data";
  /** Its forms by MIME type. */
  data: MimeBundle;
  /** Notes on the forms. */
  metadata?: MimeMetadata;
}

/** A Python exception. */
export interface ErrorOutput {
  /** Tells the kinds of output apart. */
  type: "error";
  /** The exception's class. */
  ename: string;
  /** Its message, which may be empty. */
  evalue: string;
  /** Its lines, ANSI colours allowed. */
  traceback: string[];
}

/**
 * One output of a cell; the names are nbformat's `output_type`.
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

/** Joins neighbouring texts of one stream, as a notebook shows them. The given outputs are left as they are. */
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
