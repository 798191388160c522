/**
 * The command with an agent that serves nothing. It only starts and stops. On the notebook "stubborn" it never finishes stopping.
 * On "broken" a promise rejects that nothing handles.
 *
 * @module
 */

import type { Agent } from "../../src/cli/host/agent_class.ts";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { Logger } from "../../src/logger.ts";
import type { AIPythonAgentOptions } from "../../src/options/mod.ts";

class IdleAgent implements Agent {
  readonly #options: AIPythonAgentOptions;
  readonly #logger?: Logger;
  readonly #ended = Promise.withResolvers<void>();

  constructor(options: AIPythonAgentOptions) {
    this.#options = options;
    this.#logger = options.logger;
  }

  start(): Promise<void> {
    this.#logger?.info("started", { model: String(this.#options.model), token: this.#options.authToken });
    if (this.#options.notebookId === "broken") Promise.reject(new Error(`broken, ${this.#options.apiKey}`));
    return Promise.resolve();
  }

  async keepAlive(): Promise<void> {
    // A process that waits only for a pending promise would exit.
    const busy = setInterval(() => {}, 60_000);
    await this.#ended.promise;
    clearInterval(busy);
  }

  async shutdown(): Promise<void> {
    this.#logger?.info("stopping");
    if (this.#options.notebookId === "stubborn") await new Promise(() => {});
    this.#ended.resolve();
  }
}

Deno.exit(await runProgram(Deno.args, { ...createDenoHost(), loadAgent: () => Promise.resolve(IdleAgent) }));
