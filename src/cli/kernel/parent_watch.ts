/**
 * Notices that the program that has started this one has gone.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { Environment } from "../../options/setting_sources.ts";

/** How often the parent is looked at, in milliseconds; as often as ipykernel does. */
const INTERVAL_MS = 1_000;

/** The process that inherits those whose parent has gone. */
const INIT = 1;

/** What is looked at. */
export interface ParentWatchOptions {
  /** Returns the id of the parent process now. */
  parentId(): number;
  environment: Environment;
  clock: Pick<Clock, "setTimer">;
}

/**
 * Calls back once the parent has gone: a process without a parent is given another one. Jupyter says in `JPY_PARENT_PID` who the parent
 * is, so that one that has gone already is noticed too.
 *
 * @returns a function that ends the watch
 */
export function watchParent({ parentId, environment, clock }: ParentWatchOptions, onGone: () => void): () => void {
  const first = parentId();
  const named = Number(environment.JPY_PARENT_PID ?? 0);
  let cancel = () => {};
  const look = () => {
    if (parentId() !== first || (first === INIT && named > INIT)) onGone();
    else cancel = clock.setTimer(look, INTERVAL_MS);
  };
  cancel = clock.setTimer(look, 0);
  return () => cancel();
}
