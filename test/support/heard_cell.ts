/**
 * Runs a cell with the given pieces of a model's answer.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import type { Model, ModelEvent } from "../../src/execution/model.ts";
import { TOOLS } from "../../src/execution/reply/tools.ts";
import { ChatCompletionReader } from "../../src/model/chat_completion_reader.ts";
import { startCell } from "./cell_run.ts";
import { RecordingContext } from "./recording_context.ts";

/** A piece of an answer: text, or a piece of a call's arguments. The first piece of a call has the call's name. */
export type AnswerPiece = string | { index: number; name?: string; args: string };

/** The outcome of a cell. */
export interface HeardCell {
  outputs: CellOutput[];
  /** The exception that ended the cell, or the reason for which the model's answer was rejected. */
  error: string | undefined;
  /** The number of model requests. */
  requests: number;
}

/** Runs a cell. Each request is answered with the same pieces. */
export async function hearCell(
  pieces: readonly AnswerPiece[],
  options: Partial<ExecuteCellOptions> = {},
): Promise<HeardCell> {
  const context = new RecordingContext();
  let requests = 0;
  const model: Model = {
    name: "pieces",
    async *stream() {
      requests += 1;
      yield* eventsOf(pieces);
    },
  };
  const { error } = await startCell(model, context, options);
  return { outputs: context.outputs, error, requests };
}

function* eventsOf(pieces: readonly AnswerPiece[]): Generator<ModelEvent> {
  const reader = new ChatCompletionReader(TOOLS.map(({ name }) => name));
  for (const piece of pieces) {
    if (typeof piece === "string") yield* reader.read(chunk({ content: piece }));
    else yield* reader.read(chunk({ tool_calls: [callPiece(piece)] }));
  }
  yield* reader.read({ choices: [{ delta: {}, finish_reason: "stop" }] });
  yield* reader.end(true);
}

function chunk(delta: object): object {
  return { choices: [{ delta, finish_reason: null }] };
}

function callPiece({ index, name, args }: Exclude<AnswerPiece, string>): object {
  return { index, ...(name === undefined ? {} : { id: `call_${index}` }), function: { name, arguments: args } };
}
