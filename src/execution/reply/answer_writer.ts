/**
 * Carries out the tool calls of one reply while they are still being written.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import type { InputRequest, StreamName } from "../execution_context.ts";
import type { IPythonOutput } from "../ipython_output.ts";
import type { Message, ModelEvent, ToolDefinition } from "../model.ts";
import { carryOutCall } from "./carry_out_call.ts";
import { changedText, strayArguments, unknownTool } from "./invalid_call.ts";
import { type ReplyCall, replyTurns } from "./reply_turns.ts";
import { type MadeCall, ShownCalls } from "./shown_calls.ts";
import { readInput, readText } from "./tool_arguments.ts";
import { ToolCallReader } from "./tool_call_reader.ts";
import { isToolName, TOOLS } from "./tools.ts";

interface Call extends ReplyCall {
  /** Stream text that has to wait for earlier calls. */
  held: string;
  /** The complete call. Only set for stream text. */
  made?: MadeCall;
}

/** The events that {@linkcode AnswerWriter.write} accepts: those of tool calls. */
export type ToolCallEvent = Extract<ModelEvent, { type: "tool_call" | "tool_call_delta" }>;

/**
 * Carries out the tool calls of one reply, in the model's order.
 *
 * Stream text is passed on piece by piece. All other calls are carried out when they are complete. Interleaved pieces of several
 * calls are put back in order. Nothing more is written after an `input` call, after an `error` call that ends all output, or after
 * an invalid call.
 */
export class AnswerWriter {
  readonly #output: IPythonOutput;
  readonly #calls: Call[] = [];
  readonly #byIndex = new Map<number, Call>();
  /** The index of the first call that has not been carried out. */
  #next = 0;
  #problem: string | undefined;
  readonly #shown: ShownCalls;
  #repeated = 0;
  #last: MadeCall | undefined;
  readonly #tools: readonly ToolDefinition[];
  #input: { call: Call; request: InputRequest } | undefined;

  /**
   * @param shown the calls that the cell has already shown; those of this reply are added, and repeated ones are not shown again
   * @param tools the tools that may be called. Default: the five output tools
   */
  constructor(output: IPythonOutput, shown = new ShownCalls(), tools = TOOLS) {
    this.#tools = tools;
    this.#output = output;
    this.#shown = shown;
  }

  /** The number of calls in the reply. */
  get made(): number {
    return this.#calls.length;
  }

  /** The number of calls that were carried out. */
  get carriedOut(): number {
    return this.#next;
  }

  /** The last complete call. */
  get last(): MadeCall | undefined {
    return this.#last;
  }

  /** The number of calls that only repeat earlier output of the cell and were therefore not carried out. */
  get repeated(): number {
    return this.#repeated;
  }

  /** The problem with the call that could not be carried out, as a sentence, or `undefined`. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The request for input that ended the reply, or `undefined`. */
  get input(): InputRequest | undefined {
    return this.#input?.request;
  }

  /** Whether the rest of the reply is not needed: the cell has ended, a call was invalid, or the person is asked. */
  get over(): boolean {
    return this.#output.isOver || this.#problem !== undefined || this.#input !== undefined;
  }

  /** Sets the result of the call of {@linkcode AnswerWriter.input}. */
  answerInput(answer: string): void {
    if (this.#input !== undefined) this.#input.call.answer = answer;
  }

  /**
   * Handles the next event.
   *
   * @throws {ModelError} of kind `invalid_answer` if arguments belong to no call
   */
  write(event: ToolCallEvent): void {
    if (this.over) return;
    if (event.type === "tool_call") {
      const { index, name } = event;
      const reader = new ToolCallReader(name, this.#tools);
      const call: Call = { name: reader.tool ?? name, reader, held: "", written: "", state: "open", answer: "ok" };
      this.#calls.push(call);
      this.#byIndex.set(index, call);
    } else {
      const call = this.#byIndex.get(event.index);
      if (call === undefined) throw strayArguments(event.delta);
      if (call.state === "open") call.held += call.reader.write(event.delta);
    }
    this.#carryOut();
  }

  /** Ends the reply. If it was cut off (`isCut`), an incomplete call is not an error. */
  end(isCut: boolean): void {
    for (
      let call = this.#calls[this.#next];
      call !== undefined && !isCut && !this.over;
      call = this.#calls[this.#next]
    ) {
      if (call.state === "open") this.#attempt(call, () => this.#finish(call));
      this.#carryOut();
    }
    const { name, written = "" } = this.#calls[this.#next] ?? {};
    if (name !== undefined && written !== "") this.#shown.add({ name, args: { text: written }, isCut: true });
  }

  /** Returns the messages of the reply for the next request; see {@linkcode replyTurns}. */
  turns(scratch: string, newId: () => string, lastAnswer?: string): Message[] {
    return replyTurns(this.#calls.slice(0, this.#next + 1), scratch, newId, lastAnswer);
  }

  /** Carries out the next calls, as far as they have arrived. */
  #carryOut(): void {
    for (let call = this.#calls[this.#next]; call !== undefined; call = this.#calls[this.#next]) {
      const { name, reader } = call;
      if (reader.tool === undefined) refuse(call, unknownTool(name, this.#tools));
      if (call.state === "open" && reader.complete) this.#attempt(call, () => this.#finish(call));
      if (name === "stdout" || name === "stderr") this.#writeText(name, call);
      if (call.state === "invalid") this.#problem = call.answer;
      if (call.state === "open" || this.over) return;
      this.#next += 1;
    }
  }

  /** Shows the text that has arrived and is certainly not a repetition. */
  #writeText(name: StreamName, call: Call): void {
    const { before, text } = this.#shown.compare(name, call.held);
    call.held = "";
    call.written += before;
    this.#show(name, call, text);
    if (call.made !== undefined && !this.#isRepeated(call.made)) {
      this.#show(name, call, this.#shown.differ());
      this.#shown.add(call.made);
    }
  }

  #show(name: StreamName, call: Call, text: string): void {
    this.#output.text(name, text.toWellFormed());
    call.written += text;
  }

  #isRepeated(made: MadeCall): boolean {
    const isRepeated = this.#shown.repeats(made);
    if (isRepeated) this.#repeated += 1;
    return isRepeated;
  }

  #finish(call: Call): void {
    const { name, reader } = call;
    if (!isToolName(name, this.#tools)) throw unknownTool(name, this.#tools);
    const args = reader.end();
    const made = { name, args };
    if (name === "stdout" || name === "stderr") {
      call.held = restOf(call, this.#shown.undecided, readText(name, args));
      call.made = made;
    }
    call.state = "done";
    this.#last = made;
    if (name === "input") {
      this.#input = { call, request: readInput(args) };
      return;
    }
    if (name === "stdout" || name === "stderr" || this.#isRepeated(made)) return;
    call.answer = carryOutCall(name, args, this.#output);
    this.#shown.add(made);
  }

  /** Runs an action, and marks the call as invalid if the action throws a `ModelError`. */
  #attempt(call: Call, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      refuse(call, error);
    }
  }
}

function refuse(call: Call, mistake: ModelError): void {
  call.state = "invalid";
  call.answer = mistake.message;
}

/**
 * Returns the part of a text that was not compared yet. Throws if the text does not begin with what was already shown, because
 * shown text cannot be removed.
 */
function restOf({ name, written, held }: Call, undecided: string, text: string): string {
  const read = written + undecided;
  if (!text.startsWith(read + held)) throw changedText(name);
  return text.slice(read.length);
}
