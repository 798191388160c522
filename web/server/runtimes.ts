/**
 * The agents of open notebooks. An agent is started with a notebook's first page, and ended some time after its last page.
 *
 * @module
 */

import type { ModelFailure } from "../../src/model/model_failure.ts";
import { DisplacedError, LogReplacedError } from "../../src/errors.ts";
import type { AIPythonAgent } from "../../src/agent.ts";
import type { SessionUsage } from "../../src/execution/usage_meter.ts";

export interface RuntimeStatus {
  /**
   * `displaced`: another runtime, such as a command in a terminal, serves the notebook. `ended`: somebody ended the session in
   * the notebook, and no runtime serves it.
   */
  state: "absent" | "starting" | "ready" | "displaced" | "ended" | "failed";
  /** The reason there is no runtime, with a remedy. */
  problem?: string;
  /** The id of the runtime in the notebook. */
  runtimeId?: string;
  model?: string;
  /** The cost of the runtime's model requests since it was started. */
  usage?: SessionUsage;
  /** The last failure of the model. Removed when a cell is answered again. */
  failure?: ModelFailure;
}

export interface ServingAgent
  extends Pick<AIPythonAgent, "start" | "keepAlive" | "retire" | "shutdown" | "usage" | "model" | "modelFailure"> {
  /** The settings that the agent was created with. */
  readonly settings: Pick<AIPythonAgent["settings"], "runtimeId">;
}

export interface RuntimesOptions {
  /** Creates an agent for a notebook without starting it. */
  makeAgent(notebookId: string): ServingAgent | Promise<ServingAgent>;
  /** Called when a notebook's agent has ended, by itself or because no page is left. Default: does nothing. */
  onEnded?(notebookId: string): void | Promise<void>;
  /** The time for which an agent stays after the last page has left, in milliseconds. */
  lingerMs: number;
}

/** A notebook's agent, if it has one, and its open pages. */
interface NotebookRuntime {
  pages: number;
  status: RuntimeStatus;
  agent?: ServingAgent;
  /** Whether another agent takes over once the current cell has ended. */
  isRetiring?: boolean;
  leaving?: ReturnType<typeof setTimeout>;
  /** The last of the starts and stops, which run one after the other. */
  work: Promise<void>;
}

export class Runtimes implements AsyncDisposable {
  readonly #options: RuntimesOptions;
  readonly #runtimes = new Map<string, NotebookRuntime>();
  #closing = false;

  constructor(options: RuntimesOptions) {
    this.#options = options;
  }

  /**
   * Records that a page has opened a notebook.
   *
   * @returns a function to call once when the page has left
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

  status(notebookId: string): RuntimeStatus {
    const runtime = this.#runtimes.get(notebookId);
    if (runtime === undefined) return { state: "absent" };
    if (runtime.agent === undefined) return runtime.status;
    const { usage, model, settings, modelFailure: failure } = runtime.agent;
    return { ...runtime.status, runtimeId: settings.runtimeId, model, usage, ...(failure && { failure }) };
  }

  /** Ends a notebook's agent and starts another. It takes the notebook over if another runtime serves it. */
  async restart(notebookId: string): Promise<void> {
    const runtime = this.#runtimeOf(notebookId);
    void this.#stop(notebookId, runtime);
    await this.#start(notebookId, runtime);
  }

  /**
   * Replaces all agents by new ones. An agent that runs a cell is replaced when the cell has ended. Agents that failed to start
   * are started again. A notebook that another runtime has taken over, or whose session was ended, is left alone.
   */
  async renew(): Promise<void> {
    await Promise.all([...this.#runtimes].map(([id, runtime]) => this.#renew(id, runtime)));
  }

  async end(notebookId: string): Promise<void> {
    const runtime = this.#runtimes.get(notebookId);
    if (runtime === undefined) return;
    clearTimeout(runtime.leaving);
    await this.#stop(notebookId, runtime);
    // A page may have opened the notebook in the meantime.
    if (runtime.pages > 0 && !this.#closing) return await this.#start(notebookId, runtime);
    clearTimeout(runtime.leaving);
    this.#runtimes.delete(notebookId);
  }

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
          // The notebook exists but was reset. A new agent serves it in the server's current state.
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
      // The agent may have ended or been displaced meanwhile.
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
    // The cell that it finishes is to be cancelled.
    if (runtime.isRetiring) runtime.agent?.shutdown().catch(() => {});
    runtime.isRetiring = false;
    return runtime.work = runtime.work.then(async () => {
      const agent = runtime.agent;
      runtime.agent = undefined;
      runtime.status = { state: "absent" };
      // Undelivered events mean that the sync server has a problem, which every page reports itself.
      await agent?.shutdown().catch(() => {});
      if (agent !== undefined) await this.#options.onEnded?.(notebookId);
    });
  }
}

function stateAfter(error: Error): RuntimeStatus["state"] {
  if (!(error instanceof DisplacedError)) return "failed";
  return error.successor === undefined ? "ended" : "displaced";
}
