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

  /** There is no connection. */
  lost(): void {
    if (this.#status !== "starting") this.#set("reconnecting");
  }

  #set(status: AgentStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#onChange(status);
  }
}
