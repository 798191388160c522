/**
 * Runs one cell: asks a model what it would output and writes that to an execution context.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import { type Logger, silentLogger } from "../logger.ts";
import { AnswerWriter } from "./answer_writer.ts";
import { buildConversation, type ConversationOptions, MODEL_ERROR_NAME } from "./conversation.ts";
import type { ExecutionContext } from "./execution_context.ts";
import type { FinishReason, Model, ModelRequest, TokenUsage } from "./model.ts";
import { NO_OUTPUT } from "./prompt.ts";
import { TOOLS } from "./tools.ts";

/** What {@linkcode executeCell} needs. */
export interface ExecuteCellOptions extends ConversationOptions {
  /** Who plays IPython. */
  model: Model;
  /** Where the outputs go. */
  context: ExecutionContext;
  /** The same for all cells of a notebook, so that the provider's prompt cache finds them: the notebook's id. */
  cacheKey?: string;
  /** Interrupts the cell. */
  signal: AbortSignal;
  /** Silent, unless given. */
  logger?: Logger;
}

/** How a cell ended. */
export interface CellResult {
  /** `error` when the code raised an exception or the model gave no usable answer. */
  status: "success" | "error";
  /** The exception, as `ename: evalue`. */
  error?: string;
  /** What the model's answer cost, where the server told. */
  usage?: TokenUsage;
}

/** The most characters of an answer in prose that a message quotes. */
const QUOTE_LENGTH = 120;

/**
 * Runs one cell. Text for stdout and stderr reaches the context while the model is still writing it.
 *
 * A model that fails ends the cell with an `error` output whose `ename` is `ModelError`; what it had written before stays.
 * A cell without code succeeds without asking.
 *
 * @returns how the cell ended, after all of its outputs have arrived
 * @throws the signal's reason when the cell is interrupted; nothing is written after that
 * @throws what the context's `flush` rejects with when the outputs cannot arrive
 */
export async function executeCell(options: ExecuteCellOptions): Promise<CellResult> {
  const { model, context, cacheKey, signal, logger = silentLogger } = options;
  signal.throwIfAborted();
  if (options.code.trim() === "") return { status: "success" };
  const request = { messages: buildConversation(options), tools: [...TOOLS], cacheKey, signal };
  const answer = new AnswerWriter(context);
  const result: CellResult = { status: "success" };
  try {
    await carryOut(model, request, answer, result);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    logger.warn("The model gave no usable answer", { kind: error.kind, status: error.status, message: error.message });
    if (answer.raised === undefined) {
      context.error(MODEL_ERROR_NAME, error.message, explain(error));
      await context.flush();
      return { ...result, status: "error", error: `${MODEL_ERROR_NAME}: ${error.message}` };
    }
  }
  await context.flush();
  return answer.raised === undefined ? result : { ...result, status: "error", error: answer.raised };
}

/** Reads an answer to its end, writes it to the context and its cost to the result. */
async function carryOut(model: Model, request: ModelRequest, answer: AnswerWriter, result: CellResult): Promise<void> {
  let prose = "";
  let reason: FinishReason | undefined;
  for await (const event of model.stream(request)) {
    request.signal.throwIfAborted();
    switch (event.type) {
      case "text":
        prose += event.delta;
        break;
      case "tool_call":
        // The model goes on where Python would have stopped: nothing of it is wanted.
        if (answer.raised !== undefined) return;
        answer.write(event);
        break;
      case "tool_call_delta":
        answer.write(event);
        break;
      case "finish":
        reason = event.reason;
        break;
      case "usage":
        result.usage = event.usage;
        break;
    }
  }
  request.signal.throwIfAborted();
  if (reason === "length") throw lengthReached();
  if (reason === "content_filter") throw filtered();
  answer.end();
  if (!answer.called) requireSilence(prose);
}

/** An answer without calls is right for a cell that outputs nothing; it may have been thought over first. */
function requireSilence(prose: string): void {
  const said = prose.trim();
  if (said === "" || said.endsWith(NO_OUTPUT)) return;
  throw new ModelError(
    "invalid_answer",
    `The model answered in prose instead of playing IPython: ${JSON.stringify(said.slice(0, QUOTE_LENGTH))}. ` +
      "Run the cell again, or choose a model that is better at calling tools.",
  );
}

function lengthReached(): ModelError {
  return new ModelError(
    "length",
    "The model reached its length limit before the cell's output was complete. Let the cell output less, or split it.",
  );
}

function filtered(): ModelError {
  return new ModelError(
    "content_filter",
    "The model provider's content filter stopped the answer. Change the cell's code or the cells before it.",
  );
}

function explain(error: ModelError): string[] {
  const lines = [
    `${MODEL_ERROR_NAME}: ${error.message}`,
    "This is not a Python exception: the model that plays IPython gave no usable answer.",
  ];
  return error.requestId === undefined ? lines : [...lines, `The provider's id of the request: ${error.requestId}`];
}
