/**
 * Scripted agents, which a test starts and stops.
 *
 * @module
 */

import type { ServingAgent } from "../../server/runtimes.ts";
import { Signposts } from "../../../test/support/signposts.ts";

export const usage = { cells: 0, requests: 0, input: 0, cachedInput: 0, output: 0 };

/**
 * Makes agents that report `1 started`, `1 ended` and so on, numbered from 1. A retiring agent ends at once, or after its cell if
 * `keepBusy` was called.
 */
export function makeAgents(startFault?: (number: number) => Error | undefined) {
  const signposts = new Signposts();
  const lost: ((error: Error) => void)[] = [];
  const cells: PromiseWithResolvers<void>[] = [];
  let count = 0;
  const makeAgent = (): ServingAgent => {
    const number = ++count;
    const life = Promise.withResolvers<void>();
    lost[number] = life.reject;
    return {
      usage,
      model: "model",
      modelFailure: undefined,
      settings: { runtimeId: `runtime-${number}` },
      start() {
        const fault = startFault?.(number);
        if (fault !== undefined) return Promise.reject(fault);
        signposts.reach(`${number} started`);
        return Promise.resolve();
      },
      keepAlive: () => life.promise,
      async retire() {
        signposts.reach(`${number} retires`);
        await cells[number]?.promise;
        await this.shutdown();
      },
      shutdown() {
        cells[number]?.resolve();
        signposts.reach(`${number} ended`);
        life.resolve();
        return Promise.resolve();
      },
    };
  };
  /** Makes an agent run a cell until the returned function is called. */
  const keepBusy = (number: number) => (cells[number] = Promise.withResolvers<void>()).resolve;
  return { makeAgent, signposts, lost, keepBusy, count: () => count };
}

/** Lets all pending promises settle. */
export const settle = () => new Promise<void>((resolve) => setTimeout(resolve));
