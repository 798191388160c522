/**
 * Asks a model for one cell's outputs: once if all goes well, and again where its reply was of no use.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";
import { ModelError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import type { ExecutionContext } from "./execution_context.ts";
import { askPerson } from "./ask_person.ts";
import { AnswerWriter } from "./reply/answer_writer.ts";
import type { IPythonOutput } from "./ipython_output.ts";
import { hearReply } from "./hear_reply.ts";
import type { Message, Model, ModelRequest } from "./model.ts";
import type { CellConversation } from "./cell_conversation.ts";
import { callId } from "./prompt/call_id.ts";
import { shorten } from "./prompt/shorten.ts";
import { isDone, isNoOutput } from "./reply/no_output.ts";
import { askAgain, type AskAgainReason, NEXT } from "./reply/ask_again.ts";
import { formatInputAnswer } from "./input_answer.ts";
import { ShownCalls } from "./reply/shown_calls.ts";
import type { ToolMode } from "./reply/tool_mode.ts";
import type { CellRecorder } from "./trace/cell_recorder.ts";
import type { UsageMeter } from "./usage_meter.ts";

/** What a dialogue needs. */
export interface CellDialogueOptions {
  /** Who plays IPython. */
  model: Model;
  /** The request, without its conversation. */
  request: Omit<ModelRequest, "messages">;
  /** Builds the conversation, which grows if the model has to be asked again, and is built anew if it was too long. */
  conversation: CellConversation;
  /** Asks the person, where the tool `input` is among those of the request. */
  context: Pick<ExecutionContext, "flush" | "input">;
  /** The cell's code. */
  code: string;
  /** Where the outputs go. */
  output: IPythonOutput;
  /** The cell's execution count, for the ids of calls. */
  executionCount: number;
  /** How tool calls are asked for. */
  toolMode: ToolMode;
  /** Whether the cell is certain to output something, so that an empty reply is wrong. */
  mustOutput: boolean;
  /** Whether the cell draws: a figure may follow its value. */
  plots: boolean;
  /** Counts the cost. */
  meter: UsageMeter;
  /** Told why the model is asked again. */
  logger: Logger;
  /** Told why the model is asked again, and what was typed for a password. Default: nobody is. */
  recorder?: Pick<CellRecorder, "askNext" | "hidePassword">;
}

/** How often a model is asked again after a reply that was of no use. */
const MAX_REPEATS = 2;

/** How many replies with calls a cell may have in sequential mode: a model that never ends must not be asked for ever. */
const MAX_SEQUENTIAL_REPLIES = 50;

/** How often in a row a cell may ask for input that nobody types: code that tries again for ever must end. */
const MAX_VAIN_INPUTS = 20;

/** The most characters of a reply's prose that go back to the model: one that repeats itself may have filled the context. */
const MAX_PROSE = 2_000;

/** The most characters of a reply in prose that a message quotes. */
const QUOTE_LENGTH = 120;

/** What is said to the person when the output was too long in every reply. */
const TOO_LONG =
  "Its reply reached the length limit before the output was complete; let the cell output less, or split it.";

/** What is said to the person when every reply was empty. */
const EMPTY = "It answered with nothing, and this cell outputs something.";

/** What a reply was worth. */
type Verdict =
  | { type: "done" }
  /** It made calls, and more may follow. */
  | { type: "next"; turns: Message[] }
  /** It asked the person, who has answered, and the cell goes on. */
  | { type: "input"; turns: Message[] }
  /** It was of no use, or not all of it; because of a failure, perhaps, that counts if there is no better reply. */
  | { type: "again"; why: AskAgainReason | "invalid"; problem: string; failure?: ModelError; turns: Message[] };

/** The requests for one cell and the replies to them. */
export class CellDialogue {
  readonly #options: CellDialogueOptions;
  /** What was shown since the person was asked last. */
  #shown = new ShownCalls();
  #calls = 0;
  #vainInputs = 0;
  /** Whether any call has been carried out. */
  #hasOutput = false;

  /** @param options what it needs */
  constructor(options: CellDialogueOptions) {
    this.#options = options;
  }

  /**
   * Asks until the cell's outputs are complete.
   *
   * @returns what was wrong with the last reply, as a sentence, if the model was asked again in vain
   * @throws {ModelError} when there is no answer
   * @throws the signal's reason when the request is aborted
   */
  async run(): Promise<string | undefined> {
    const { output, logger, recorder } = this.#options;
    const added: Message[] = [];
    let repeats = 0;
    let sequel = 0;
    let asked: Verdict["type"] | undefined;
    while (true) {
      const verdict = await this.#askInFitting(added, sequel > 0, asked === "next");
      if (verdict.type === "done" || output.isOver) return undefined;
      if (verdict.type === "input") {
        if (this.#vainInputs === MAX_VAIN_INPUTS) {
          return `It asked for input ${MAX_VAIN_INPUTS} times in a row, and nothing could be typed.`;
        }
        repeats = 0;
        sequel = 0;
      } else if (verdict.type === "next") {
        sequel += 1;
        if (sequel >= MAX_SEQUENTIAL_REPLIES) return `It made calls in ${sequel} replies and did not come to an end.`;
      } else {
        if (repeats === MAX_REPEATS && verdict.failure !== undefined) throw verdict.failure;
        if (repeats === MAX_REPEATS) return verdict.problem;
        repeats += 1;
        logger.debug("the model is asked again", { problem: verdict.problem });
      }
      if (verdict.type === "again") recorder?.askNext(verdict.why, verdict.problem);
      else recorder?.askNext(verdict.type);
      added.push(...verdict.turns);
      asked = verdict.type;
    }
  }

  /** Asks with as much of the past as the model reads. */
  async #askInFitting(added: readonly Message[], isSequel: boolean, isForNext: boolean): Promise<Verdict> {
    const { conversation } = this.#options;
    while (true) {
      try {
        return await this.#ask([...conversation.messages, ...added], isSequel, isForNext);
      } catch (error) {
        if (!(error instanceof ModelError) || error.kind !== "too_long" || !conversation.shrink(error)) throw error;
      }
    }
  }

  async #ask(messages: Message[], isSequel: boolean, isForNext: boolean): Promise<Verdict> {
    const { model, request, output, conversation, toolMode, mustOutput, plots } = this.#options;
    this.#shown.begin(isSequel ? "last" : "first");
    const reply = new AnswerWriter(output, this.#shown, request.tools);
    const { prose, reason, failure, providerData, usage } = await hearReply(messages, reply, this.#options);
    if (usage !== undefined) conversation.compare(messages, usage);
    if (output.isOver) return { type: "done" };
    if (reason === "content_filter") throw filtered();
    reply.end(reason === "length" || failure !== undefined);
    this.#hasOutput ||= reply.carriedOut > 0;
    const said = prose.trim();
    const turns = (answer?: string) =>
      withProviderData(reply.turns(shorten(said, MAX_PROSE), () => this.#newId(), answer), providerData);
    // Two calls in a reply prove that the model can make all of them in one.
    const isOneByOne = model.oneCallAReply === true && reply.made === 1;
    if (output.raised !== undefined) {
      // A warning may follow the exception, and nothing that would have to be made again.
      const isWhole = reply.problem === undefined && failure === undefined && reason !== "length";
      const isNew = reply.made > reply.repeated;
      const mayFollow = isWhole && isNew && (toolMode === "sequential" || isOneByOne);
      return mayFollow ? { type: "next", turns: turns(NEXT) } : { type: "done" };
    }
    if (reply.input !== undefined) {
      const answer = await askPerson(reply.input, this.#options, request.signal);
      this.#vainInputs = "typed" in answer ? 0 : this.#vainInputs + 1;
      this.#shown = new ShownCalls();
      const told = formatInputAnswer(answer);
      if (reply.input.isPassword && "typed" in answer) this.#options.recorder?.hidePassword(answer.typed, told);
      reply.answerInput(told);
      return { type: "input", turns: turns() };
    }
    if (reply.problem !== undefined) return { type: "again", why: "invalid", problem: reply.problem, turns: turns() };
    if (failure !== undefined) {
      return { type: "again", why: "broken", ...worthOf(failure), turns: askAgain("broken", turns) };
    }
    if (reason === "length") return { type: "again", why: "cut", problem: TOO_LONG, turns: askAgain("cut", turns) };
    output.settle();
    if (isForNext && reply.repeated === 1 && reply.made === 1) return { type: "done" };
    if (reply.made > 0) {
      // Nothing but figures follows the value of a cell, so a model that makes one call a reply need not be asked for more.
      const isComplete = isOneByOne && reply.last?.name === "execute_result" && !plots;
      const isSequential = toolMode === "sequential" || (isOneByOne && !isComplete);
      return isSequential ? { type: "next", turns: turns(NEXT) } : { type: "done" };
    }
    const isNothing = said === "" || isNoOutput(said) || isDone(said);
    if (isNothing && mustOutput && !this.#hasOutput) {
      return { type: "again", why: "empty", problem: EMPTY, turns: askAgain("empty", turns) };
    }
    if (isSequel || isNothing) return { type: "done" };
    const problem = `It answered in prose instead of playing IPython: ${JSON.stringify(said.slice(0, QUOTE_LENGTH))}.`;
    return { type: "again", why: "prose", problem, turns: askAgain("prose", turns) };
  }

  #newId(): string {
    return callId(this.#options.executionCount, this.#calls++);
  }
}

/** Gives the provider its own data back with the reply's turn. */
function withProviderData([reply, ...answers]: Message[], providerData: JsonValue[]): Message[] {
  if (reply === undefined) return [];
  return [providerData.length > 0 && reply.role === "assistant" ? { ...reply, providerData } : reply, ...answers];
}

/** What a failure says in the end: a model's mistake is told as one, a server's failure as it is. */
function worthOf(failure: ModelError): { problem: string; failure?: ModelError } {
  const problem = failure.message;
  return failure.kind === "invalid_answer" ? { problem } : { problem, failure };
}

function filtered(): ModelError {
  return new ModelError(
    "content_filter",
    "The model provider's content filter stopped the answer. Change the cell's code or the cells before it.",
  );
}
