/**
 * A sync relay that stops an agent at one of its events.
 *
 * @module
 */

import { startSyncRelay } from "../support/sync_relay.ts";

/** Where an agent is stopped: at its first event of a name, `before` the server gets it, or `after`, when the server has confirmed it. */
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

/** Both sides of each of these events. */
export function stepsOf(names: readonly string[]): Step[] {
  return names.flatMap((event): Step[] => [{ event, when: "before" }, { event, when: "after" }]);
}

/** A running relay. */
export interface StepRelay extends AsyncDisposable {
  /** The base of its sync socket. */
  readonly syncUrl: string;
  /** Resolves when the agent has come to the step; from then on it hears nothing. */
  readonly reached: Promise<void>;
  /** Lets everything pass that was held back, and all that follows. */
  release(): void;
}

/** Starts a relay before the server of a sync URL. */
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
