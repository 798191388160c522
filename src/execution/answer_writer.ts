/**
 * Carries a model's tool calls out on an execution context, while they are still being written.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { ExecutionContext } from "./execution_context.ts";
import type { ModelEvent } from "./model.ts";
import { readBundle, readException, readText } from "./tool_arguments.ts";
import { ToolCallReader } from "./tool_call_reader.ts";
import { isToolName, TOOLS } from "./tools.ts";

/** A tool call that has begun and has not been carried out. */
interface OpenCall {
  index: number;
  name: string;
  reader: ToolCallReader;
  /** Stream text that has to wait for the calls before this one. */
  held: string;
}

/** The events that {@linkcode AnswerWriter.write} takes: those of tool calls. */
export type ToolCallEvent = Extract<ModelEvent, { type: "tool_call" | "tool_call_delta" }>;

/**
 * Writes one answer's tool calls to a context, in the model's order.
 *
 * Text for a stream is passed on piece by piece, everything else when its call is complete. Calls whose pieces arrive
 * interleaved are put back in order. After an `error` call nothing more is written.
 */
export class AnswerWriter {
  readonly #context: ExecutionContext;
  readonly #open: OpenCall[] = [];
  #called = false;
  #raised: string | undefined;

  /**
   * Begins an answer.
   *
   * @param context where its calls are carried out
   */
  constructor(context: ExecutionContext) {
    this.#context = context;
  }

  /** Whether the answer has called a tool. */
  get called(): boolean {
    return this.#called;
  }

  /** The Python exception that ended the cell, as `ename: evalue`; `undefined` while there is none. */
  get raised(): string | undefined {
    return this.#raised;
  }

  /**
   * Takes the next event.
   *
   * @throws {ModelError} of kind `invalid_answer` for an unknown tool or for arguments that make no sense
   */
  write(event: ToolCallEvent): void {
    this.#called = true;
    if (this.#raised !== undefined) return;
    if (event.type === "tool_call") {
      this.#open.push({ index: event.index, name: event.name, reader: new ToolCallReader(event.name), held: "" });
    } else {
      const call = this.#open.find((open) => open.index === event.index);
      if (call === undefined) throw strayArguments(event.delta);
      call.held += call.reader.write(event.delta);
    }
    this.#carryOut();
  }

  /**
   * Ends the answer.
   *
   * @throws {ModelError} of kind `invalid_answer` when a call is incomplete
   */
  end(): void {
    if (this.#raised === undefined) this.#open[0]?.reader.end();
  }

  /** Carries out the calls at the head of the queue, as far as they have arrived. */
  #carryOut(): void {
    for (let call = this.#open[0]; call !== undefined; call = this.#open[0]) {
      if (!isToolName(call.name)) throw unknownTool(call.name);
      if (call.name === "stdout" || call.name === "stderr") {
        if (call.held !== "") this.#context[call.name](call.held);
        call.held = "";
      }
      if (!call.reader.complete) return;
      this.#finish(call);
      this.#open.shift();
      if (this.#raised !== undefined) return;
    }
  }

  #finish({ name, reader }: OpenCall): void {
    const args = reader.end();
    switch (name) {
      case "execute_result": {
        const { data, metadata } = readBundle(name, args);
        return this.#context.executeResult(data, metadata);
      }
      case "display": {
        const { data, metadata } = readBundle(name, args);
        return this.#context.display(data, metadata);
      }
      case "error": {
        const { ename, evalue, traceback } = readException(args);
        this.#context.error(ename, evalue, traceback);
        this.#raised = evalue === "" ? ename : `${ename}: ${evalue}`;
        return;
      }
      default:
        readText(name, args);
    }
  }
}

function unknownTool(name: string): ModelError {
  const known = TOOLS.map((tool) => tool.name).join(", ");
  return new ModelError(
    "invalid_answer",
    `The model called a tool that does not exist, "${name}"; there are ${known}. Run the cell again.`,
  );
}

function strayArguments(piece: string): ModelError {
  return new ModelError(
    "invalid_answer",
    `The model sent arguments that belong to no open tool call (${
      JSON.stringify(piece.slice(0, 40))
    }). Run the cell again.`,
  );
}
