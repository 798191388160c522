/**
 * Asks a model for one cell's outputs: once if all goes well, and again where its reply was of no use.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { AnswerWriter } from "./reply/answer_writer.ts";
import type { IPythonOutput } from "./ipython_output.ts";
import type { FinishReason, Message, Model, ModelRequest, TokenUsage } from "./model.ts";
import { NO_OUTPUT } from "./prompt/system_prompt.ts";
import { estimateTokens } from "./prompt/token_estimate.ts";
import type { ToolMode } from "./reply/tool_mode.ts";
import type { UsageMeter } from "./usage_meter.ts";

/** What a dialogue needs. */
export interface CellDialogueOptions {
  /** Who plays IPython. */
  model: Model;
  /** The request; its conversation grows if the model has to be asked again. */
  request: ModelRequest;
  /** Where the outputs go. */
  output: IPythonOutput;
  /** The cell's execution count, for the ids of calls. */
  executionCount: number;
  /** How tool calls are asked for. */
  toolMode: ToolMode;
  /** Counts the cost. */
  meter: UsageMeter;
  /** Told why the model is asked again. */
  logger: Logger;
}

/** How often a model is asked again after a reply that was of no use. */
const MAX_REPEATS = 2;

/** How many replies with calls a cell may have in sequential mode: a model that never ends must not be asked for ever. */
const MAX_SEQUENTIAL_REPLIES = 50;

/**
 * How many characters a reply may have that are no output: scratch work, and what belongs to a call that is not complete. The largest
 * context windows hold a million tokens, and no real answer comes near this.
 */
const MAX_UNSHOWN = 2_000_000;

/** The most characters of a reply in prose that a message quotes. */
const QUOTE_LENGTH = 120;

/** What is said to the model when it is asked again. */
const CUT =
  "the reply was cut off here by the length limit. All output up to here is shown: go on right after it and repeat nothing";
const CUT_BEFORE_CALLS = "Your reply was cut off by the length limit before any tool call. Make the tool calls now.";
const PROSE = `That was prose, and nothing of it is shown. Answer with tool calls only, or with exactly ${NO_OUTPUT}`;
const NEXT = `make the call for the next output, or reply with exactly ${NO_OUTPUT} if that was all`;

/** What is said to the person when the output was too long in every reply. */
const TOO_LONG =
  "Its reply reached the length limit before the output was complete; let the cell output less, or split it.";

/** What a reply was worth. */
type Verdict =
  | { type: "done" }
  /** It made calls, and more may follow. */
  | { type: "next"; turns: Message[] }
  /** It was of no use, or not all of it. */
  | { type: "again"; problem: string; turns: Message[] };

/** The requests for one cell and the replies to them. */
export class CellDialogue {
  readonly #options: CellDialogueOptions;
  #calls = 0;

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
    const { output, request, logger } = this.#options;
    let { messages } = request;
    let repeats = 0;
    let sequel = 0;
    while (true) {
      const verdict = await this.#ask(messages, sequel > 0);
      if (verdict.type === "done" || output.isOver) return undefined;
      if (verdict.type === "next") {
        sequel += 1;
        if (sequel >= MAX_SEQUENTIAL_REPLIES) return `It made calls in ${sequel} replies and did not come to an end.`;
      } else {
        if (repeats === MAX_REPEATS) return verdict.problem;
        repeats += 1;
        logger.debug("the model is asked again", { problem: verdict.problem });
      }
      messages = [...messages, ...verdict.turns];
    }
  }

  async #ask(messages: Message[], isSequel: boolean): Promise<Verdict> {
    const { model, output, toolMode } = this.#options;
    const reply = new AnswerWriter(output);
    const { prose, reason } = await this.#listen(messages, reply);
    if (output.isOver) return { type: "done" };
    if (reason === "content_filter") throw filtered();
    reply.end(reason === "length");
    const said = prose.trim();
    const turns = (answer?: string) => reply.turns(said, () => this.#newId(), answer);
    if (reply.problem !== undefined) return { type: "again", problem: reply.problem, turns: turns() };
    if (reason === "length") return { type: "again", problem: TOO_LONG, turns: afterCut(turns(CUT)) };
    output.settle();
    if (reply.called) {
      const isSequential = toolMode === "sequential" || model.oneCallAReply === true;
      return isSequential ? { type: "next", turns: turns(NEXT) } : { type: "done" };
    }
    if (isSequel || said === "" || said.endsWith(NO_OUTPUT)) return { type: "done" };
    const problem = `It answered in prose instead of playing IPython: ${JSON.stringify(said.slice(0, QUOTE_LENGTH))}.`;
    return { type: "again", problem, turns: [...turns(), { role: "user", content: PROSE }] };
  }

  /** Reads one reply to its end, or until the rest is not wanted, and counts its cost. */
  async #listen(messages: Message[], reply: AnswerWriter): Promise<{ prose: string; reason?: FinishReason }> {
    const { model, request, output, meter } = this.#options;
    meter.requireTokens();
    let prose = "";
    let reason: FinishReason | undefined;
    let received = 0;
    let usage: TokenUsage | undefined;
    try {
      for await (const event of model.stream({ ...request, messages })) {
        request.signal.throwIfAborted();
        output.waiting(event.type === "waiting" ? event.reason : undefined);
        if (event.type === "waiting" || event.type === "provider_data") continue;
        if (event.type === "finish") reason = event.reason;
        else if (event.type === "usage") usage = event.usage;
        else {
          received += event.type === "tool_call" ? event.name.length : event.delta.length;
          if (event.type === "text") prose += event.delta;
          // The model goes on where Python would have stopped, or on top of a mistake: nothing of it is wanted.
          else if (reply.over && (event.type === "tool_call" || reply.problem !== undefined)) break;
          else reply.write(event);
          if (output.isCut) break;
          if (received - output.shown > MAX_UNSHOWN) throw endless();
        }
      }
      request.signal.throwIfAborted();
    } finally {
      output.waiting();
      const sent = received === 0 && reason === undefined ? 0 : JSON.stringify([request.tools, messages]).length;
      meter.add(usage ?? { input: estimateTokens(sent), cachedInput: 0, output: estimateTokens(received) });
    }
    return { prose, reason };
  }

  #newId(): string {
    return `call_${this.#options.executionCount}_${this.#calls++}`;
  }
}

/** A reply that was cut off before its first call has no answer to a call that could say so. */
function afterCut(turns: Message[]): Message[] {
  return turns.at(-1)?.role === "tool" ? turns : [...turns, { role: "user", content: CUT_BEFORE_CALLS }];
}

function endless(): ModelError {
  return new ModelError(
    "length",
    `The model wrote ${
      MAX_UNSHOWN.toLocaleString("en-US")
    } characters that are no output, and did not come to an end: its ` +
      "answer was broken off. Run the cell again, or choose another model.",
  );
}

function filtered(): ModelError {
  return new ModelError(
    "content_filter",
    "The model provider's content filter stopped the answer. Change the cell's code or the cells before it.",
  );
}
