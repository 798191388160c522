/**
 * Carries the tool calls of one reply out, while they are still being written.
 *
 * @module
 */

import { ModelError } from "../../errors.ts";
import type { IPythonOutput } from "../ipython_output.ts";
import type { Message, ModelEvent } from "../model.ts";
import { type MadeCall, RepeatedCall } from "./repeated_call.ts";
import { type ReplyCall, replyTurns } from "./reply_turns.ts";
import { readBundle, readException, readText } from "./tool_arguments.ts";
import { ToolCallReader } from "./tool_call_reader.ts";
import { isToolName, TOOLS } from "./tools.ts";

/** A tool call of the reply. */
interface Call extends ReplyCall {
  index: number;
  /** Stream text that has to wait for the calls before this one. */
  held: string;
}

/** The events that {@linkcode AnswerWriter.write} takes: those of tool calls. */
export type ToolCallEvent = Extract<ModelEvent, { type: "tool_call" | "tool_call_delta" }>;

/**
 * Writes one reply's tool calls, in the model's order.
 *
 * Text for a stream is passed on piece by piece, everything else when its call is complete. Calls whose pieces arrive
 * interleaved are put back in order. After an `error` call, and after a call that is invalid, nothing more is written.
 */
export class AnswerWriter {
  readonly #output: IPythonOutput;
  readonly #calls: Call[] = [];
  /** The index of the first call that has not been carried out. */
  #next = 0;
  #problem: string | undefined;
  readonly #repeated: RepeatedCall;
  #repeats = false;
  #last: MadeCall | undefined;

  /**
   * Begins a reply.
   *
   * @param output where its calls are carried out
   * @param before the last call of the reply before, where the model was asked for the next one: the same again is not shown
   */
  constructor(output: IPythonOutput, before?: MadeCall) {
    this.#output = output;
    this.#repeated = new RepeatedCall(before);
  }

  /** How many calls the reply has made. */
  get made(): number {
    return this.#calls.length;
  }

  /** How many of them were carried out. */
  get carriedOut(): number {
    return this.#next;
  }

  /** The last of them. */
  get last(): MadeCall | undefined {
    return this.#last;
  }

  /** Whether the reply begins with the call before it once more, which was then not carried out again. */
  get repeats(): boolean {
    return this.#repeats;
  }

  /** What was wrong with the call that could not be carried out, as a sentence; `undefined` while there is none. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Whether the rest of the reply is not wanted: the cell has ended, or a call was invalid. */
  get over(): boolean {
    return this.#output.isOver || this.#problem !== undefined;
  }

  /**
   * Takes the next event.
   *
   * @throws {ModelError} of kind `invalid_answer` for arguments that belong to no call
   */
  write(event: ToolCallEvent): void {
    if (this.over) return;
    if (event.type === "tool_call") {
      const { index, name } = event;
      const reader = new ToolCallReader(name);
      this.#calls.push({
        index,
        name: reader.tool ?? name,
        reader,
        held: "",
        written: "",
        state: "open",
        answer: "ok",
      });
    } else {
      const call = this.#calls.find((call) => call.index === event.index);
      if (call === undefined) throw strayArguments(event.delta);
      if (call.state === "open") call.held += call.reader.write(event.delta);
    }
    this.#carryOut();
  }

  /**
   * Ends the reply.
   *
   * @param isCut whether it was cut off: a call that is not complete is then no mistake
   */
  end(isCut: boolean): void {
    if (isCut) return;
    for (let call = this.#calls[this.#next]; call !== undefined && !this.over; call = this.#calls[this.#next]) {
      if (call.state === "open") this.#attempt(call, () => this.#finish(call));
      this.#carryOut();
    }
  }

  /**
   * The reply as it stands in the conversation when the model is asked again; see {@linkcode replyTurns}.
   *
   * @param scratch the reply's plain text
   * @param newId makes the id of a call
   * @param lastAnswer added to the answer to the last call
   */
  turns(scratch: string, newId: () => string, lastAnswer?: string): Message[] {
    return replyTurns(this.#calls.slice(0, this.#next + 1), scratch, newId, lastAnswer);
  }

  /** Carries out the calls that are next, as far as they have arrived. */
  #carryOut(): void {
    for (let call = this.#calls[this.#next]; call !== undefined; call = this.#calls[this.#next]) {
      const { name, reader } = call;
      if (reader.tool === undefined) this.#attempt(call, () => refuseTool(name));
      if (call.state === "open" && reader.complete) this.#attempt(call, () => this.#finish(call));
      if ((name === "stdout" || name === "stderr") && !this.#mayRepeat(call)) {
        this.#output.text(name, call.held.toWellFormed());
        call.written += call.held;
        call.held = "";
      }
      if (call.state === "invalid") this.#problem = call.answer;
      if (call.state === "open" || this.over) return;
      this.#next += 1;
    }
  }

  /** Whether a call is the one before the reply once more, or may be: of such a call nothing is shown. */
  #mayRepeat(call: Call): boolean {
    const { name, held, written, state } = call;
    if (call !== this.#calls[0] || written !== "") return false;
    return state === "done" ? this.#repeats : this.#repeated.isPossible(name, held);
  }

  #finish(call: Call): void {
    const { name, reader } = call;
    if (!isToolName(name)) refuseTool(name);
    const args = reader.end();
    if (name === "stdout" || name === "stderr") call.held = restOf(call, readText(name, args));
    call.state = "done";
    this.#last = { name, args };
    if (call === this.#calls[0] && this.#repeated.is(name, args)) {
      this.#repeats = true;
      return;
    }
    switch (name) {
      case "execute_result":
      case "display": {
        const { data, metadata, dropped } = readBundle(name, args);
        if (name === "display") this.#output.display(data, metadata);
        else this.#output.result(data, metadata);
        if (dropped.length > 0) call.answer = `ok, but ${dropped.join(" ")}`;
        break;
      }
      case "error": {
        const { ename, evalue, traceback } = readException(args);
        this.#output.raise(ename, evalue, traceback);
        break;
      }
    }
  }

  /** Does something with a call that a mistake of the model's may make impossible. */
  #attempt(call: Call, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      call.state = "invalid";
      call.answer = error.message;
    }
  }
}

/** What is still to be shown of a text. Text that was shown cannot be taken back. */
function restOf({ name, written, held }: Call, text: string): string {
  if (!text.startsWith(written + held)) {
    throw new ModelError(
      "invalid_answer",
      `${name}() was called with arguments that are not valid JSON (the text does not go on as it began).`,
    );
  }
  return text.slice(written.length);
}

function refuseTool(name: string): never {
  const known = TOOLS.map((tool) => tool.name).join(", ");
  const mistake = name === "" ? "A call came without the name of its tool" : `There is no tool "${name}"`;
  throw new ModelError("invalid_answer", `${mistake}; there are ${known}.`);
}

function strayArguments(piece: string): ModelError {
  return new ModelError(
    "invalid_answer",
    `The model sent arguments that belong to no tool call (${JSON.stringify(piece.slice(0, 40))}).`,
  );
}
