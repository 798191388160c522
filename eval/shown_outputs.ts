/**
 * Collects a cell's outputs and sorts them by where they are shown.
 *
 * @module
 */

import type { CellOutput, ErrorOutput } from "../src/execution/cell_output.ts";
import type { MimeBundle } from "../src/media/mime_bundle.ts";
import { isModelFailure } from "../src/execution/model_failure.ts";
import { withoutNotes } from "../src/execution/notes.ts";
import { CellOutputs, type OutputChange } from "../src/shell/cell_outputs.ts";
import type { Shown } from "./eval_run.ts";

/** The outputs of one cell. If it updates the display of an earlier cell, the new content also counts as its output. */
export class ShownOutputs {
  readonly context: CellOutputs;
  readonly #elsewhere: MimeBundle[] = [];

  /** @param onChange called at every change */
  constructor(onChange: (change: OutputChange) => void = () => {}) {
    this.context = new CellOutputs({
      onChange: (change) => {
        if (change.type === "updated" && !this.context.outputs.includes(change.output)) {
          this.#elsewhere.push(change.output.data);
        }
        onChange(change);
      },
    });
  }

  /** The message about a failed model; absent if the model has not failed. */
  get failure(): string | undefined {
    const failure = this.context.outputs.find(isModelFailure);
    if (failure === undefined) return undefined;
    return failure.type === "error" ? failure.evalue : failure.type === "stream" ? failure.text.trim() : "";
  }

  /** The outputs so far, without the agent's own messages. */
  get shown(): Shown {
    const outputs = withoutNotes(this.context.outputs.filter((output) => !isModelFailure(output)));
    const textOf = (name: string) =>
      outputs.map((output) => output.type === "stream" && output.name === name ? output.text : "").join("");
    const result = outputs.find((output) => output.type === "execute_result");
    const places = placesOf(outputs);
    const error = outputs.find((output): output is ErrorOutput => output.type === "error");
    return {
      stdout: textOf("stdout"),
      stderr: textOf("stderr"),
      ...(result && { result: result.data }),
      displays: [
        ...outputs.flatMap((output) => output.type === "display_data" ? [output.data] : []),
        ...this.#elsewhere,
      ],
      ...(places.length > 0 && { places }),
      ...(error && { error: { ename: error.ename, evalue: error.evalue, traceback: error.traceback } }),
    };
  }
}

/** Finds the place of each display among the text. */
function placesOf(outputs: readonly CellOutput[]): NonNullable<Shown["places"]> {
  const before = { stdout: 0, stderr: 0 };
  return outputs.flatMap((output) => {
    if (output.type === "stream") before[output.name] += output.text.length;
    return output.type === "display_data" ? [{ ...before }] : [];
  });
}
