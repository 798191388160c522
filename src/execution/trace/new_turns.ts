/**
 * Finds what a request says to the model that the request before did not.
 *
 * @module
 */

import type { Message } from "../model.ts";

/** Something that is said to the model. */
export interface NewTurn {
  role: "user" | "tool";
  content: string;
  /** Whether it is the cell's own turn. */
  isCell: boolean;
}

/** The answer to a call that says no more than that it was carried out. */
const PLAIN_ANSWER = "ok";

/** The turns of one cell's requests: its own, and those that follow it where the model is asked again. */
export class NewTurns {
  /** How many turns follow the cell's own in the last request, and in the one before; -1 where that had none. */
  #told = -1;
  #toldBefore = -1;

  /** Says that the next request is the last one, made smaller. */
  repeat(): void {
    this.#told = this.#toldBefore;
  }

  /**
   * Begins the next request.
   *
   * @param messages its conversation
   * @returns picks the new turns of the conversation as it was sent, turn by turn the same
   */
  begin(messages: readonly Message[]): (sent: readonly Message[]) => NewTurn[] {
    const own = ownTurn(messages);
    const from = own + 1 + this.#told;
    this.#toldBefore = this.#told;
    this.#told = messages.length - own - 1;
    return (sent) => sent.slice(from).flatMap((message, index) => toNewTurn(message, from + index === own));
  }
}

/** The cell's own turn: no earlier one says anything about notes. */
function ownTurn(messages: readonly Message[]): number {
  const own = messages.findLastIndex((message) => message.role === "user" && message.notes !== undefined);
  return own === -1 ? messages.length - 1 : own;
}

function toNewTurn(message: Message, isCell: boolean): NewTurn[] {
  if (message.role !== "user" && message.role !== "tool") return [];
  return message.content === PLAIN_ANSWER ? [] : [{ role: message.role, content: message.content, isCell }];
}
