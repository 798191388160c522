/**
 * Detects that the parent process has ended.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { Environment } from "../../options/setting_sources.ts";

/** The interval between checks of the parent, in milliseconds; the same as in ipykernel. */
const INTERVAL_MS = 1_000;

/** The id of the process that becomes the parent when a parent ends. */
const INIT = 1;

export interface ParentWatchOptions {
  parentId(): number;
  environment: Environment;
  clock: Pick<Clock, "setTimer">;
}

/**
 * Calls back once the parent has ended. The operating system then gives the process another parent, so its parent id changes. Jupyter
 * sets `JPY_PARENT_PID` to the parent's id, so that a parent that has ended before the watch began is detected too.
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
