/**
 * How a runtime's way to its notebook is, from what is heard of the connection.
 *
 * @module
 */

import type { AgentStatus } from "../options/agent_status.ts";

/** The status of one attachment. */
export class AttachmentStatus {
  readonly #onChange: (status: AgentStatus) => void;
  #status: AgentStatus = "starting";
  #isServing = false;
  #lastLoss: string | undefined;

  /** @param onChange called when the status has changed, first from `starting` */
  constructor(onChange: (status: AgentStatus) => void = () => {}) {
    this.#onChange = onChange;
  }

  /** The server has said something. */
  heard(): void {
    if (this.#status === "starting" || this.#status === "reconnecting") this.#set("catching up");
  }

  /** Nothing is missing of the server's log. */
  caughtUp(): void {
    if (this.#isServing) this.#set("attached");
  }

  /** The cells are being served from now on. */
  serves(): void {
    this.#isServing = true;
    if (this.#status === "catching up") this.#set("attached");
  }

  /** Why there was no connection last; nothing while there has always been one. */
  get lastLoss(): string | undefined {
    return this.#lastLoss;
  }

  /** There is no connection, for this reason. */
  lost(reason: string): void {
    this.#lastLoss = reason;
    if (this.#status !== "starting") this.#set("reconnecting");
  }

  #set(status: AgentStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#onChange(status);
  }
}
