/**
 * Runs the example notebook `tour.ipynb` with `aipython run` and the offline model, and records the exchanges between
 * the two.
 *
 * @module
 */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { startOfflineModel } from "../../stack/offline_model/offline_model.ts";
import type { ModelFamily } from "../../stack/strict_model/family.ts";
import { runToEnd } from "../cli/command_process.ts";
import { runPermissions } from "../cli/run/run_process.ts";
import { type Exchange, recordExchanges } from "../support/recorded_exchanges.ts";

const TOUR = fileURLToPath(new URL("../../examples/tour.ipynb", import.meta.url));

/**
 * Runs the tour and records its model requests.
 *
 * @param strict the model family whose rules the offline model follows
 * @param flags further flags of `aipython run`
 * @returns the exchanges with the requests for cells
 */
export async function recordTour(strict: ModelFamily, ...flags: string[]): Promise<Exchange[]> {
  await using model = await startOfflineModel({ strict });
  await using recorder = recordExchanges(model.url);
  const directory = await Deno.makeTempDir();
  try {
    const environment = { TMPDIR: directory, OPENAI_API_KEY: model.apiKey, OPENAI_BASE_URL: recorder.baseUrl };
    const args = ["run", TOUR, "--allow-errors", "--model", model.name, ...flags];
    const { stderr } = await runToEnd(args, { directory, environment, permissions: runPermissions });
    assert.match(stderr, /cells, 1 failed/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
  return recorder.exchanges.filter(({ method }) => method === "POST");
}
