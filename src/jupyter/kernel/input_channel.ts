/**
 * The stdin channel: asks the client whose cell is running for a line of input.
 *
 * @module
 */

import { unlessAborted } from "../../async/unless_aborted.ts";
import { EndOfInputError } from "../../errors.ts";
import type { InputRequest } from "../../execution/execution_context.ts";
import type { Logger } from "../../logger.ts";
import type { JupyterMessage, MessageHeader } from "../message.ts";
import type { Client, Messenger } from "./messenger.ts";
import { ContentError, RequestContent } from "./request_content.ts";

/** The line that front ends send when the person pressed Ctrl-D; ipykernel treats it in the same way. */
const END_OF_INPUT = "\x04";

interface Question {
  client: Client;
  /** The id of the `input_request`. */
  id: string;
  answer: PromiseWithResolvers<string>;
}

/** Asks one question at a time. */
export class InputChannel {
  readonly #messenger: Messenger;
  readonly #logger: Logger;
  #question: Question | undefined;

  constructor(messenger: Messenger, logger: Logger) {
    this.#messenger = messenger;
    this.#logger = logger;
  }

  /**
   * Asks a client for a line of input.
   *
   * @param parent the header of the request whose cell asks
   * @throws {EndOfInputError} if the person has ended the input instead
   * @throws the signal's reason, if the cell is interrupted
   */
  async ask(
    client: Client,
    parent: MessageHeader,
    { prompt, isPassword }: InputRequest,
    signal: AbortSignal,
  ): Promise<string> {
    signal.throwIfAborted();
    const content = { prompt, password: isPassword };
    const id = this.#messenger.send("stdin", client, "input_request", content, { parent });
    const answer = Promise.withResolvers<string>();
    this.#question = { client, id, answer };
    try {
      const line = await unlessAborted(answer.promise, signal);
      if (line === END_OF_INPUT) throw new EndOfInputError();
      return line;
    } finally {
      this.#question = undefined;
    }
  }

  /**
   * Receives an answer. Ignores it if it is too late, comes from another client, or belongs to another question. Some clients do not say
   * which question they answer; their answers are accepted.
   */
  receive(routingId: Uint8Array, { header, parentHeader, content }: JupyterMessage): void {
    const question = this.#question;
    const asked = parentHeader.msg_id;
    const isAnswer = header.msg_type === "input_reply" && question !== undefined &&
      isSame(routingId, question.client.routingId) && (asked === undefined || asked === question.id);
    if (!isAnswer) {
      return this.#logger.warn("a message on the stdin channel was ignored: it does not answer a pending question", {
        type: header.msg_type,
      });
    }
    try {
      question.answer.resolve(new RequestContent("input_reply", content).text("value"));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      this.#logger.warn(error.message);
    }
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
