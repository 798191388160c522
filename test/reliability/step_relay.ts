/**
 * A sync relay that stops an agent at a given event.
 *
 * @module
 */

import { startSyncRelay } from "../support/sync_relay.ts";

/**
 * The point at which an agent is stopped: at its first event with this name, `before` the server receives it or `after`
 * the server has confirmed it.
 */
export interface Step {
  event: string;
  when: "before" | "after";
}

/** The events that an agent writes while it runs a cell, in order. */
export const cellEvents = [
  "v1.ExecutionAssigned",
  "v1.ExecutionStarted",
  "v1.TerminalOutputAdded",
  "v1.ExecutionCompleted",
] as const;

/** Returns the points before and after each event. */
export function stepsOf(names: readonly string[]): Step[] {
  return names.flatMap((event): Step[] => [{ event, when: "before" }, { event, when: "after" }]);
}

/** A running relay. */
export interface StepRelay extends AsyncDisposable {
  /** The base of its sync socket. */
  readonly syncUrl: string;
  /** Resolves when the agent has reached the step. From then on, it receives nothing. */
  readonly reached: Promise<void>;
  /** Forwards everything that was held back and everything later. */
  release(): void;
}

/** Starts a relay in front of a sync server. */
export function startStepRelay(syncUrl: string, { event, when }: Step): StepRelay {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const name = `"name":${JSON.stringify(event)}`;
  let isStopped = false;
  const stop = (frame: string, at: Step["when"]) => {
    if (when !== at || !frame.includes(name)) return;
    isStopped = true;
    reached.resolve();
  };
  const relay = startSyncRelay(syncUrl, {
    async fromClient(frame) {
      stop(frame, "before");
      if (isStopped && when === "before") await released.promise;
      return frame;
    },
    async fromServer(frame) {
      stop(frame, "after");
      if (isStopped) await released.promise;
      return frame;
    },
  });
  return {
    syncUrl: relay.syncUrl,
    reached: reached.promise,
    release: released.resolve,
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  };
}
