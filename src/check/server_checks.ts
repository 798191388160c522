/**
 * Checks both servers at the same time, and yields the results in order.
 *
 * @module
 */

import type { CheckResult } from "./check_result.ts";
import type { CheckContext } from "./check_context.ts";
import { checkModelServer } from "./model_checks.ts";
import { checkSyncServer } from "./sync_checks.ts";

/** Runs all checks except that of the settings. The two servers are checked independently. */
export async function* checkServers(context: CheckContext): AsyncGenerator<CheckResult> {
  const lanes = [checkModelServer(context), checkSyncServer(context)].map(runAhead);
  for (const lane of lanes) yield* lane;
}

/** Runs a generator to its end without waiting for its consumer. */
function runAhead<T>(source: AsyncIterable<T>): ReadableStream<T> {
  return new ReadableStream({
    async start(controller) {
      for await (const item of source) controller.enqueue(item);
      controller.close();
    },
  });
}
