/**
 * Finds the messages that are new in a request.
 *
 * @module
 */

import type { Message } from "../model.ts";

export interface NewTurn {
  role: "user" | "tool";
  content: string;
  /** Whether it is the message of the cell itself. */
  isCell: boolean;
}

/** The result of a call without any further information. */
const PLAIN_ANSWER = "ok";

/** Tracks the messages of one cell's requests: that of the cell, and those that follow if the model is asked again. */
export class NewTurns {
  /** The number of messages after that of the cell in the last request, and in the one before; -1 if there was no such request. */
  #sent = -1;
  #sentBefore = -1;

  /** Declares that the next request is a smaller version of the last one. */
  repeat(): void {
    this.#sent = this.#sentBefore;
  }

  /**
   * Starts the next request.
   *
   * @returns a function that selects the new messages from those that were sent, which must correspond to `messages`
   */
  begin(messages: readonly Message[]): (sent: readonly Message[]) => NewTurn[] {
    const own = ownTurn(messages);
    const from = own + 1 + this.#sent;
    this.#sentBefore = this.#sent;
    this.#sent = messages.length - own - 1;
    return (sent) => sent.slice(from).flatMap((message, index) => toNewTurn(message, from + index === own));
  }
}

/** Returns the index of the cell's message. It is the last one with notes. */
function ownTurn(messages: readonly Message[]): number {
  const own = messages.findLastIndex((message) => message.role === "user" && message.notes !== undefined);
  return own === -1 ? messages.length - 1 : own;
}

function toNewTurn(message: Message, isCell: boolean): NewTurn[] {
  if (message.role !== "user" && message.role !== "tool") return [];
  return message.content === PLAIN_ANSWER ? [] : [{ role: message.role, content: message.content, isCell }];
}
