/**
 * The agents of the notebooks that somebody looks at: started with the first page, ended some time after the last.
 *
 * @module
 */

import type { ModelFailure } from "../../src/model/model_failure.ts";
import { DisplacedError, LogReplacedError } from "../../src/errors.ts";
import type { AIPythonAgent } from "../../src/agent.ts";
import type { SessionUsage } from "../../src/execution/usage_meter.ts";

/** What a page is told of its notebook's runtime. */
export interface RuntimeStatus {
  /**
   * `displaced`: another runtime, such as a command in a terminal, serves the notebook. `ended`: somebody has ended the session in the
   * notebook, and nobody serves it.
   */
  state: "absent" | "starting" | "ready" | "displaced" | "ended" | "failed";
  /** Why there is none, and what to do. */
  problem?: string;
  /** The id of its runtime in the notebook, and the model that it asks. */
  runtimeId?: string;
  model?: string;
  /** What its model requests have cost since it was started. */
  usage?: SessionUsage;
  /** How its model failed last, until a cell is answered again. */
  failure?: ModelFailure;
}

/** An agent, as far as it is started, watched and ended. */
export interface ServingAgent
  extends Pick<AIPythonAgent, "start" | "keepAlive" | "retire" | "shutdown" | "usage" | "model" | "modelFailure"> {
  /** What it was made with. */
  readonly settings: Pick<AIPythonAgent["settings"], "runtimeId">;
}

/** What runtimes depend on. */
export interface RuntimesOptions {
  /** Makes an agent for a notebook, not yet started. */
  makeAgent(notebookId: string): ServingAgent | Promise<ServingAgent>;
  /** Told when a notebook's agent has ended, by itself or because nobody needs it. Default: nobody is. */
  onEnded?(notebookId: string): void | Promise<void>;
  /** How long an agent stays after the last page has left, in milliseconds. */
  lingerMs: number;
}

/** One notebook's agent, if it has one, and the pages that look at it. */
interface NotebookRuntime {
  pages: number;
  status: RuntimeStatus;
  agent?: ServingAgent;
  /** Whether the agent is to be followed by another once the cell that it runs has ended. */
  isRetiring?: boolean;
  leaving?: ReturnType<typeof setTimeout>;
  /** What is being started or ended; one after the other. */
  work: Promise<void>;
}

/** The agents, by notebook. */
export class Runtimes implements AsyncDisposable {
  readonly #options: RuntimesOptions;
  readonly #runtimes = new Map<string, NotebookRuntime>();
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
    const runtime = this.#runtimeOf(notebookId);
    runtime.pages++;
    clearTimeout(runtime.leaving);
    if (runtime.agent === undefined && runtime.status.state === "absent") void this.#start(notebookId, runtime);
    return () => {
      runtime.pages--;
      if (runtime.pages > 0) return;
      if (!this.#closing) runtime.leaving = setTimeout(() => void this.end(notebookId), this.#options.lingerMs);
    };
  }

  /** How a notebook's runtime is. */
  status(notebookId: string): RuntimeStatus {
    const runtime = this.#runtimes.get(notebookId);
    if (runtime === undefined) return { state: "absent" };
    if (runtime.agent === undefined) return runtime.status;
    const { usage, model, settings, modelFailure: failure } = runtime.agent;
    return { ...runtime.status, runtimeId: settings.runtimeId, model, usage, ...(failure && { failure }) };
  }

  /** Ends a notebook's agent and starts another. It takes the notebook over if somebody else serves it. */
  async restart(notebookId: string): Promise<void> {
    const runtime = this.#runtimeOf(notebookId);
    void this.#stop(notebookId, runtime);
    await this.#start(notebookId, runtime);
  }

  /**
   * Has every notebook served by an agent that is made now: those that run a cell are followed by another when it has ended, and those
   * that could not be started are tried again. A notebook that another runtime has taken over, or whose session was ended, is left alone.
   */
  async renew(): Promise<void> {
    await Promise.all([...this.#runtimes].map(([id, runtime]) => this.#renew(id, runtime)));
  }

  /** Ends a notebook's agent. */
  async end(notebookId: string): Promise<void> {
    const runtime = this.#runtimes.get(notebookId);
    if (runtime === undefined) return;
    clearTimeout(runtime.leaving);
    await this.#stop(notebookId, runtime);
    // Somebody may have come in the meantime.
    if (runtime.pages > 0 && !this.#closing) return await this.#start(notebookId, runtime);
    clearTimeout(runtime.leaving);
    this.#runtimes.delete(notebookId);
  }

  /** Ends all agents. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#runtimes.keys()].map((id) => this.end(id)));
  }

  #runtimeOf(notebookId: string): NotebookRuntime {
    let runtime = this.#runtimes.get(notebookId);
    if (runtime === undefined) {
      runtime = { pages: 0, status: { state: "absent" }, work: Promise.resolve() };
      this.#runtimes.set(notebookId, runtime);
    }
    return runtime;
  }

  #start(notebookId: string, runtime: NotebookRuntime): Promise<void> {
    runtime.status = { state: "starting" };
    return runtime.work = runtime.work.then(async () => {
      runtime.status = { state: "starting" };
      let agent: ServingAgent | undefined;
      const fail = (error: Error) => {
        if (runtime.agent !== agent) return;
        runtime.agent = undefined;
        runtime.status = { state: stateAfter(error), problem: error.message };
      };
      try {
        agent = runtime.agent = await this.#options.makeAgent(notebookId);
        await agent.start();
        runtime.status = { state: "ready" };
        agent.keepAlive().catch((error) => {
          const isServing = runtime.agent === agent;
          fail(error);
          if (isServing) void this.#options.onEnded?.(notebookId);
          // The notebook is there, though not as it was: a new agent serves it as the server has it now.
          if (isServing && !this.#closing && error instanceof LogReplacedError) void this.#start(notebookId, runtime);
        });
      } catch (error) {
        fail(error as Error);
      }
    });
  }

  #renew(notebookId: string, runtime: NotebookRuntime): Promise<void> {
    return runtime.work = runtime.work.then(async () => {
      const { agent } = runtime;
      if (this.#closing || (agent === undefined && runtime.status.state !== "failed")) return;
      runtime.isRetiring = true;
      await agent?.retire().catch(() => {});
      // It may have been ended or displaced meanwhile.
      const isOurs = runtime.isRetiring && runtime.agent === agent;
      runtime.isRetiring = false;
      if (!isOurs) return;
      runtime.agent = undefined;
      runtime.status = { state: "absent" };
      if (agent !== undefined) await this.#options.onEnded?.(notebookId);
      if (runtime.pages > 0 && !this.#closing) void this.#start(notebookId, runtime);
    });
  }

  #stop(notebookId: string, runtime: NotebookRuntime): Promise<void> {
    // The cell that is waited for is to be cancelled.
    if (runtime.isRetiring) runtime.agent?.shutdown().catch(() => {});
    runtime.isRetiring = false;
    return runtime.work = runtime.work.then(async () => {
      const agent = runtime.agent;
      runtime.agent = undefined;
      runtime.status = { state: "absent" };
      // What could not be delivered is the sync server's trouble, which every page sees for itself.
      await agent?.shutdown().catch(() => {});
      if (agent !== undefined) await this.#options.onEnded?.(notebookId);
    });
  }
}

function stateAfter(error: Error): RuntimeStatus["state"] {
  if (!(error instanceof DisplacedError)) return "failed";
  return error.successor === undefined ? "ended" : "displaced";
}
