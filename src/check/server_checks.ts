/**
 * Checks both servers at once, and tells of it in order.
 *
 * @module
 */

import type { CheckResult } from "./check_result.ts";
import type { CheckContext } from "./check_context.ts";
import { checkModelServer } from "./model_checks.ts";
import { checkSyncServer } from "./sync_checks.ts";

/** Runs every check but that of the settings. One lane does not wait for the other. */
export async function* checkServers(context: CheckContext): AsyncGenerator<CheckResult> {
  const lanes = [checkModelServer(context), checkSyncServer(context)].map(runAhead);
  for (const lane of lanes) yield* lane;
}

/** Runs a generator to its end, however slowly it is read. */
function runAhead<T>(source: AsyncIterable<T>): ReadableStream<T> {
  return new ReadableStream({
    async start(controller) {
      for await (const item of source) controller.enqueue(item);
      controller.close();
    },
  });
}
