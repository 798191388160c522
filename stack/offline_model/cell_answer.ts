/**
 * Answers a request: runs its cell, continues it after a request for input, or sends the next call of an answer that
 * has one call in each reply.
 *
 * @module
 */

import { NO_OUTPUT } from "../../src/execution/prompt/system_prompt.ts";
import type { AnsweredCells } from "./answered_cells.ts";
import type { EarlierCell } from "./earlier_cells.ts";
import type { Kernels } from "./kernels.ts";
import type { Answer, AnswerMaker, CellRequest } from "./model_request.ts";
import { type ToolCallDelta, ToolCallWriter, type WrittenToolCall } from "./tool_call_writer.ts";

export interface CellAnswerOptions {
  kernels: Pick<Kernels, "run">;
  /** Returns the cells of a request that the namespace must have run before the request's cell. */
  earlierCells: (request: CellRequest) => EarlierCell[];
  /** The answers given in the namespace. */
  answered: AnsweredCells;
  newCallId: () => string;
}

export class CellAnswer implements AnswerMaker {
  readonly #request: CellRequest;
  readonly #options: CellAnswerOptions;
  #calls: readonly WrittenToolCall[] = [];

  constructor(request: CellRequest, options: CellAnswerOptions) {
    this.#request = request;
    this.#options = options;
  }

  get answer(): Answer {
    return { calls: this.#calls, text: this.#calls.length === 0 ? NO_OUTPUT : "" };
  }

  deltas(signal: AbortSignal): AsyncGenerator<ToolCallDelta[]> {
    const { answer } = this.#request.cell;
    return answer === undefined || answer.goesOn ? this.#run(signal) : this.#goOn();
  }

  async *#run(signal: AbortSignal): AsyncGenerator<ToolCallDelta[]> {
    const { key, oneCallAReply, canAsk, cell: { executionCount, code, files, answer } } = this.#request;
    const { kernels, earlierCells, answered, newCallId } = this.#options;
    const cell = { executionCount, code, files };
    const earlier = earlierCells(this.#request);
    const writer = new ToolCallWriter(newCallId);
    const asked = { earlier, cell, canAsk, answers: answer?.inputs };
    // The cell always runs to its end or to a request for input. The calls after the first are kept for later
    // replies.
    const wanted = (deltas: ToolCallDelta[]) => oneCallAReply ? deltas.filter(({ index }) => index === 0) : deltas;
    for await (const events of kernels.run(key, asked, signal)) yield wanted(writer.write(events));
    yield wanted(writer.end());
    if (signal.aborted) return;
    this.#calls = oneCallAReply ? writer.calls.slice(0, 1) : writer.calls;
    answered.add(cell, writer.calls, { sent: this.#calls.length, contained: answer?.calls.length ?? 0 });
  }

  /** Yields the next call, if each reply has one call and the answer has a further one. */
  async *#goOn(): AsyncGenerator<ToolCallDelta[]> {
    const { cell, oneCallAReply } = this.#request;
    const call = oneCallAReply ? this.#options.answered.next(cell, cell.answer?.calls.length ?? 0) : undefined;
    if (call === undefined) return yield [];
    this.#calls = [call];
    const { id, type, function: { name, arguments: args } } = call;
    yield [
      { index: 0, id, type, function: { name, arguments: "" } },
      { index: 0, function: { arguments: args } },
    ];
  }
}
