/**
 * Derives the status of a runtime's connection to its notebook.
 *
 * @module
 */

import type { AgentStatus } from "../options/agent_status.ts";

export class AttachmentStatus {
  readonly #onChange: (status: AgentStatus) => void;
  #status: AgentStatus = "starting";
  #isServing = false;
  #lastLoss: string | undefined;

  /** @param onChange called when the status has changed; the status before the first call is `starting` */
  constructor(onChange: (status: AgentStatus) => void = () => {}) {
    this.#onChange = onChange;
  }

  /** Called at every frame from the server. */
  heard(): void {
    if (this.#status === "starting" || this.#status === "reconnecting") this.#set("catching up");
  }

  /** Called when all known events of the server's log have been received. */
  caughtUp(): void {
    if (this.#isServing) this.#set("attached");
  }

  /** Called when serving begins. */
  serves(): void {
    this.#isServing = true;
    if (this.#status === "catching up") this.#set("attached");
  }

  /** The reason of the last failed or lost connection; `undefined` if there was none. */
  get lastLoss(): string | undefined {
    return this.#lastLoss;
  }

  /** Called when there is no connection. */
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
