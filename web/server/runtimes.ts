/**
 * The agents of the notebooks that somebody looks at: started with the first page, ended some time after the last.
 *
 * @module
 */

import { DisplacedError } from "../../src/errors.ts";
import type { AIPythonAgent } from "../../src/agent.ts";
import type { SessionUsage } from "../../src/execution/usage_meter.ts";

/** What a page is told of its notebook's runtime. */
export interface RuntimeStatus {
  /** `displaced`: another runtime, such as a command in a terminal, serves the notebook. */
  state: "absent" | "starting" | "ready" | "displaced" | "failed";
  /** Why there is none, and what to do. */
  problem?: string;
  /** What its model requests have cost since it was started. */
  usage?: SessionUsage;
}

/** An agent, as far as it is started, watched and ended. */
export type ServingAgent = Pick<AIPythonAgent, "start" | "keepAlive" | "shutdown" | "usage">;

/** What runtimes depend on. */
export interface RuntimesOptions {
  /** Makes an agent for a notebook, not yet started. */
  makeAgent(notebookId: string): ServingAgent;
  /** How long an agent stays after the last page has left, in milliseconds. */
  lingerMs: number;
}

/** One notebook's agent, if it has one, and the pages that look at it. */
interface Place {
  pages: number;
  status: RuntimeStatus;
  agent?: ServingAgent;
  leaving?: ReturnType<typeof setTimeout>;
  /** What is being started or ended; one after the other. */
  work: Promise<void>;
}

/** The agents, by notebook. */
export class Runtimes implements AsyncDisposable {
  readonly #options: RuntimesOptions;
  readonly #places = new Map<string, Place>();
  #closing = false;

  /** @param options how agents are made, and how long they stay */
  constructor(options: RuntimesOptions) {
    this.#options = options;
  }

  /**
   * A page has opened a notebook.
   *
   * @returns to be called once, when it has left
   */
  enter(notebookId: string): () => void {
    const place = this.#place(notebookId);
    place.pages++;
    clearTimeout(place.leaving);
    if (place.agent === undefined && place.status.state === "absent") void this.#start(notebookId, place);
    return () => {
      place.pages--;
      if (place.pages > 0) return;
      if (!this.#closing) place.leaving = setTimeout(() => void this.end(notebookId), this.#options.lingerMs);
    };
  }

  /** How a notebook's runtime is. */
  status(notebookId: string): RuntimeStatus {
    const place = this.#places.get(notebookId);
    if (place === undefined) return { state: "absent" };
    return place.agent === undefined ? place.status : { ...place.status, usage: place.agent.usage };
  }

  /** Ends a notebook's agent and starts another. It takes the notebook over if somebody else serves it. */
  async restart(notebookId: string): Promise<void> {
    const place = this.#place(notebookId);
    void this.#stop(place);
    await this.#start(notebookId, place);
  }

  /** Ends a notebook's agent. */
  async end(notebookId: string): Promise<void> {
    const place = this.#places.get(notebookId);
    if (place === undefined) return;
    clearTimeout(place.leaving);
    await this.#stop(place);
    // Somebody may have come in the meantime.
    if (place.pages > 0 && !this.#closing) await this.#start(notebookId, place);
    else this.#places.delete(notebookId);
  }

  /** Ends all agents. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#places.keys()].map((id) => this.end(id)));
  }

  #place(notebookId: string): Place {
    let place = this.#places.get(notebookId);
    if (place === undefined) {
      place = { pages: 0, status: { state: "absent" }, work: Promise.resolve() };
      this.#places.set(notebookId, place);
    }
    return place;
  }

  #start(notebookId: string, place: Place): Promise<void> {
    place.status = { state: "starting" };
    return place.work = place.work.then(async () => {
      place.status = { state: "starting" };
      let agent: ServingAgent | undefined;
      const fail = (error: Error) => {
        if (place.agent !== agent) return;
        place.agent = undefined;
        const state = error instanceof DisplacedError ? "displaced" : "failed";
        place.status = { state, problem: error.message };
      };
      try {
        agent = place.agent = this.#options.makeAgent(notebookId);
        await agent.start();
        place.status = { state: "ready" };
        agent.keepAlive().catch(fail);
      } catch (error) {
        fail(error as Error);
      }
    });
  }

  #stop(place: Place): Promise<void> {
    return place.work = place.work.then(async () => {
      const agent = place.agent;
      place.agent = undefined;
      place.status = { state: "absent" };
      // What could not be delivered is the sync server's trouble, which every page sees for itself.
      await agent?.shutdown().catch(() => {});
    });
  }
}
