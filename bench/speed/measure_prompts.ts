/**
 * Counts the text sent to a model during a session of 100 cells, and the share that a prompt cache can reuse.
 *
 * @module
 */

import { overallShare, prefixShares, sharesOf } from "../prompt/prefix_share.ts";
import { session } from "../prompt/session.ts";
import { sessionRequests } from "./baseline/session_requests.ts";
import type { Measurement } from "./measurement.ts";

const CELLS = 100;
/** The agent's default. */
const MAX_HISTORY_LENGTH = 20;

/** The result is the same every time. */
export function measurePrompts(): Measurement[] {
  const cells = session(CELLS);
  const ours = prefixShares(cells, { maxHistoryLength: MAX_HISTORY_LENGTH, includeOutputs: true });
  const baseline = sharesOf(sessionRequests(cells));
  const characters = (shares: readonly { characters: number }[]) =>
    shares.reduce((sum, share) => sum + share.characters, 0);
  const fresh = (shares: readonly { characters: number; shared: number }[]) =>
    shares.reduce((sum, share) => sum + share.characters - share.shared, 0);
  const line = (id: string, title: string, own: number, beside: number): Measurement => ({
    id,
    title: `(g) ${CELLS} cells: ${title}`,
    unit: "count",
    ours: own,
    beside,
    guarded: beside / own,
  });
  const [ownShare, besideShare] = [overallShare(ours), overallShare(baseline)];
  return [
    line("prompt_characters", "characters sent to the model", characters(ours), characters(baseline)),
    line("prompt_fresh", "characters that no prompt cache can answer for", fresh(ours), fresh(baseline)),
    {
      id: "prompt_share",
      title: `(g) ${CELLS} cells: share of a request that repeats the one before`,
      unit: "share",
      ours: ownShare,
      beside: besideShare,
      more: true,
      limit: { value: 0.9 },
      guarded: ownShare / besideShare,
    },
  ];
}
