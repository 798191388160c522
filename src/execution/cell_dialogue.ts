/**
 * Asks a model for the outputs of one cell, and repeats the request if the reply is not usable.
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
import { receiveReply } from "./receive_reply.ts";
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

export interface CellDialogueOptions {
  model: Model;
  request: Omit<ModelRequest, "messages">;
  /** Builds the messages. They grow if the model is asked again, and are rebuilt if they are too long. */
  conversation: CellConversation;
  /** Asks the person, if the request has the tool `input`. */
  context: Pick<ExecutionContext, "flush" | "input">;
  code: string;
  output: IPythonOutput;
  /** The cell's execution count, which is part of the ids of calls. */
  executionCount: number;
  toolMode: ToolMode;
  /** Whether the cell is certain to output something. An empty reply is then wrong. */
  mustOutput: boolean;
  /** Whether the cell draws a plot. A figure can then follow its value. */
  plots: boolean;
  meter: UsageMeter;
  /** Logs why the model is asked again. */
  logger: Logger;
  /** Records why the model is asked again, and the passwords that were typed. Default: no record. */
  recorder?: Pick<CellRecorder, "askNext" | "hidePassword">;
}

/** The number of times that a model is asked again after an unusable reply. */
const MAX_REPEATS = 2;

/** The number of replies with calls in sequential mode. It keeps a model that never finishes from being asked forever. */
const MAX_SEQUENTIAL_REPLIES = 50;

/** The number of consecutive requests for input that may fail. It ends cells whose code tries again forever. */
const MAX_FAILED_INPUTS = 20;

/**
 * The number of characters of a reply's text that are sent back to the model. A reply that repeats itself can fill the whole
 * context.
 */
const MAX_PROSE = 2_000;

/** The number of characters of a text reply that an error message quotes. */
const QUOTE_LENGTH = 120;

/** The message to the person if every reply reached the length limit. */
const TOO_LONG =
  "Its reply reached the length limit before the output was complete; let the cell output less, or split it.";

/** The message to the person if every reply was empty. */
const EMPTY = "Its answer was empty, but this cell outputs something.";

/** The evaluation of a reply. */
type Verdict =
  | { type: "done" }
  /** The reply made calls, and more may follow. */
  | { type: "next"; turns: Message[] }
  /** The reply asked the person, who has answered. The cell continues. */
  | { type: "input"; turns: Message[] }
  /** The reply was unusable, at least in part. If it failed with an error, that error counts unless a later reply is better. */
  | { type: "again"; why: AskAgainReason | "invalid"; problem: string; failure?: ModelError; turns: Message[] };

export class CellDialogue {
  readonly #options: CellDialogueOptions;
  /** The calls that were shown since the person was last asked. */
  #shown = new ShownCalls();
  #calls = 0;
  #failedInputs = 0;
  /** Whether at least one call was carried out. */
  #hasOutput = false;

  constructor(options: CellDialogueOptions) {
    this.#options = options;
  }

  /**
   * Sends requests until the cell's outputs are complete.
   *
   * @returns the problem with the last reply, as a sentence, if repeating the request did not help; `undefined` on success
   * @throws {ModelError} the model did not answer
   * @throws the signal's reason if the request is aborted
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
        if (this.#failedInputs === MAX_FAILED_INPUTS) {
          return `It asked for input ${MAX_FAILED_INPUTS} times in a row, and nothing could be typed.`;
        }
        repeats = 0;
        sequel = 0;
      } else if (verdict.type === "next") {
        sequel += 1;
        if (sequel >= MAX_SEQUENTIAL_REPLIES) return `It made calls in ${sequel} replies and did not finish.`;
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

  /** Sends a request with as much of the history as the model reads. */
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
    const { prose, reason, failure, providerData, usage } = await receiveReply(messages, reply, this.#options);
    if (usage !== undefined) conversation.compare(messages, usage);
    if (output.isOver) return { type: "done" };
    if (reason === "content_filter") throw filtered();
    reply.end(reason === "length" || failure !== undefined);
    this.#hasOutput ||= reply.carriedOut > 0;
    const said = prose.trim();
    const turns = (answer?: string) =>
      withProviderData(reply.turns(shorten(said, MAX_PROSE), () => this.#newId(), answer), providerData);
    // A reply with two calls proves that the model can make all calls in one reply.
    const isOneByOne = model.oneCallAReply === true && reply.made === 1;
    if (output.raised !== undefined) {
      // After the exception, a warning may follow, but no call that would have to be repeated.
      const isWhole = reply.problem === undefined && failure === undefined && reason !== "length";
      const isNew = reply.made > reply.repeated;
      const mayFollow = isWhole && isNew && (toolMode === "sequential" || isOneByOne);
      return mayFollow ? { type: "next", turns: turns(NEXT) } : { type: "done" };
    }
    if (reply.input !== undefined) {
      const answer = await askPerson(reply.input, this.#options, request.signal);
      this.#failedInputs = "typed" in answer ? 0 : this.#failedInputs + 1;
      this.#shown = new ShownCalls();
      const content = formatInputAnswer(answer);
      if (reply.input.isPassword && "typed" in answer) this.#options.recorder?.hidePassword(answer.typed, content);
      reply.answerInput(content);
      return { type: "input", turns: turns() };
    }
    if (reply.problem !== undefined) return { type: "again", why: "invalid", problem: reply.problem, turns: turns() };
    if (failure !== undefined) {
      return { type: "again", why: "broken", ...outcomeOf(failure), turns: askAgain("broken", turns) };
    }
    if (reason === "length") return { type: "again", why: "cut", problem: TOO_LONG, turns: askAgain("cut", turns) };
    output.settle();
    if (isForNext && reply.repeated === 1 && reply.made === 1) return { type: "done" };
    if (reply.made > 0) {
      // Only figures can follow the value of a cell. A model that makes one call per reply need not be asked for more.
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

/** Attaches the provider's data to the reply, so that the provider gets it back. */
function withProviderData([reply, ...answers]: Message[], providerData: JsonValue[]): Message[] {
  if (reply === undefined) return [];
  return [providerData.length > 0 && reply.role === "assistant" ? { ...reply, providerData } : reply, ...answers];
}

/**
 * Returns the message that is reported in the end. An invalid answer is reported as a problem of the reply, any other failure as
 * itself.
 */
function outcomeOf(failure: ModelError): { problem: string; failure?: ModelError } {
  const problem = failure.message;
  return failure.kind === "invalid_answer" ? { problem } : { problem, failure };
}

function filtered(): ModelError {
  return new ModelError(
    "content_filter",
    "The model provider's content filter stopped the answer. Change the cell's code or the cells before it.",
  );
}
