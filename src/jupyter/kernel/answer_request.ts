/**
 * Answers a request with its handler, between the statuses `busy` and `idle`. If the handler fails, the answer is an error.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import type { KernelRequest } from "./kernel_request.ts";
import type { Messenger } from "./messenger.ts";
import { ContentError } from "./request_content.ts";
import type { Answer, Handler } from "./request_handlers.ts";

export interface AnswerContext {
  messenger: Messenger;
  /** Receives warnings about requests that are unknown or not valid, and the errors of failed ones. */
  logger: Logger;
}

/** The error of an interrupted request. */
const KEYBOARD_INTERRUPT = { name: "KeyboardInterrupt", message: "" };

/**
 * Answers a request. Clients see that the kernel is busy, and when it is idle again.
 *
 * @param handler the handler; without one, the type of the request is unknown, and it is ignored
 */
export async function answerRequest(
  request: KernelRequest,
  handler: Handler | undefined,
  { messenger, logger }: AnswerContext,
  signal: AbortSignal,
): Promise<void> {
  const { channel, client, message } = request;
  const { header } = message;
  const status = (state: string) => messenger.publish("status", { execution_state: state }, { parent: header });
  status("busy");
  if (handler === undefined) {
    logger.warn("a message of an unknown type was ignored", { type: header.msg_type });
  } else {
    const answer = await handle(request, handler, logger, signal);
    if (answer !== undefined) messenger.reply(channel, client, message, answer.content, answer.metadata);
  }
  status("idle");
}

async function handle(
  request: KernelRequest,
  handler: Handler,
  logger: Logger,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  try {
    return await handler(request, signal);
  } catch (error) {
    const { msg_type: type } = request.message.header;
    const isInterrupted = signal.aborted;
    if (error instanceof ContentError) logger.warn(error.message);
    else if (!isInterrupted) logger.error("a request failed", { type, reason: reasonOf(error) });
    if (!type.endsWith("_request")) return undefined;
    const { name, message } = error instanceof Error && !isInterrupted ? error : KEYBOARD_INTERRUPT;
    return { content: { status: "error", ename: name, evalue: message, traceback: [] } };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
