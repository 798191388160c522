/**
 * The agents of a soak: real processes, attached to one notebook, that are started, stopped and killed.
 *
 * @module
 */

import { exitCodes } from "../src/cli/exit_code.ts";
import { DisplacedError } from "../src/errors.ts";
import { startCommand } from "../test/cli/command_process.ts";
import { MAX_OUTPUT } from "./job.ts";

/** The exit code of an agent that a newer one has displaced. */
const DISPLACED = exitCodes.find(({ error }) => error === DisplacedError)?.code;

/** How long an agent waits for the sync server when it starts, in seconds: longer than any outage of a soak. */
const CONNECT_TIMEOUT_S = 120;

export interface SoakAgent {
  process: Deno.ChildProcess;
  ended: Promise<number>;
  isOver: boolean;
  /** Whether a signal was sent to the agent, so that its end is expected. */
  isSignalled: boolean;
  /** Resolves when the agent reports that it is attached, or has ended. */
  attached: Promise<void>;
}

/** Starts agents and keeps their logs. */
export class SoakAgents implements AsyncDisposable {
  readonly #environment: Record<string, string>;
  readonly #agents: SoakAgent[] = [];
  /** The agents' log lines, each with the number of its agent. */
  readonly log: string[] = [];
  /**
   * The agents that have ended although they were not asked to and no newer one had displaced them, with their exit
   * codes.
   */
  readonly died: string[] = [];

  /** @param environment the variables that name the notebook and the model */
  constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  /** The running agents, the newest last. */
  get running(): SoakAgent[] {
    return this.#agents.filter(({ isOver }) => !isOver);
  }

  /** Starts another agent, which displaces the running ones. */
  start(): SoakAgent {
    const args = ["--log-level", "debug", "--first-byte-timeout", "3", "--stall-timeout", "2"];
    args.push("--max-output-per-cell", String(MAX_OUTPUT), "--connect-timeout", String(CONNECT_TIMEOUT_S));
    const process = startCommand(args, { environment: this.#environment });
    const number = this.#agents.length + 1;
    const attached = Promise.withResolvers<void>();
    const agent: SoakAgent = {
      process,
      isOver: false,
      isSignalled: false,
      attached: attached.promise,
      ended: process.status.then(({ code }) => {
        agent.isOver = true;
        attached.resolve();
        this.log.push(`agent ${number} ended with ${code}`);
        if (!agent.isSignalled && code !== DISPLACED) this.died.push(`agent ${number} ended by itself with ${code}`);
        return code;
      }),
    };
    this.#agents.push(agent);
    void process.stdout.cancel();
    void this.#keep(number, process.stderr, attached.resolve);
    return agent;
  }

  /** Sends a signal. Does nothing if the agent has ended. */
  signal(agent: SoakAgent, signal: Deno.Signal): void {
    agent.isSignalled = true;
    try {
      agent.process.kill(signal);
    } catch {
      // The agent has already ended.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const agent of this.running) this.signal(agent, "SIGKILL");
    await Promise.all(this.#agents.map(({ ended }) => ended));
  }

  async #keep(number: number, stderr: ReadableStream<Uint8Array<ArrayBuffer>>, onAttached: () => void): Promise<void> {
    for await (const text of stderr.pipeThrough(new TextDecoderStream())) {
      this.log.push(`agent ${number}: ${text.trimEnd()}`);
      if (text.includes(" attached ")) onAttached();
    }
  }
}
