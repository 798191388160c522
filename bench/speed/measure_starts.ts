/**
 * Measures the time until the command runs, and until it serves a notebook.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import { newNotebookId } from "../../stack/notebook_id.ts";
import { fillNotebook } from "./fill_notebook.ts";
import type { Measurement } from "./measurement.ts";
import { median, noticeableRatio, undisturbed } from "./quantile.ts";
import type { Plan } from "./plan.ts";
import { bareClientMs, baselineReadyMs, emptyProgramMs, helpMs, oursReadyMs } from "./start_times.ts";
import { Witness } from "./witness.ts";

/** The promised times, by the number of events in the notebook, in milliseconds. */
const READY_WITHIN_MS: Record<number, number> = { 0: 1_200, 10_000: 12_000 };
/** The promised time of `--help`, in milliseconds. */
const HELP_WITHIN_MS = 150;

/** @param onProgress called after each kind of start */
export async function measureStarts(
  server: Pick<NotebookAddress, "syncUrl" | "authToken">,
  { programs, starts }: Plan,
  onProgress: (done: string) => void,
): Promise<Measurement[]> {
  // Deno caches compiled code, so the first start does not count.
  await helpMs();
  const help = await byTurns(programs, helpMs, emptyProgramMs, noticeableRatio);
  onProgress("--help");
  const lines: Measurement[] = [{
    id: "help",
    title: "(f) --help (beside: an empty program)",
    unit: "ms",
    ...help,
    limit: { value: HELP_WITHIN_MS },
  }];
  for (const { events, runs } of starts) {
    const place = { ...server, notebookId: newNotebookId() };
    if (events > 0) {
      await using witness = await Witness.open(place);
      await fillNotebook(witness, events);
    }
    const times = await byTurns(
      runs,
      () => oursReadyMs(place),
      () => events === 0 ? baselineReadyMs(place) : bareClientMs(place),
    );
    const size = events === 0 ? "an empty notebook" : `${events.toLocaleString("en-US")} events`;
    const beside = events === 0 ? "the baseline agent" : "a bare client that pulls and stores them";
    const limit = READY_WITHIN_MS[events];
    lines.push({
      id: `ready_${events}`,
      title: `(f) start -> ready on ${size} (beside: ${beside})`,
      unit: "ms",
      ...times,
      ...limit !== undefined && { limit: { value: limit } },
    });
    onProgress(`start on ${size}`);
  }
  return lines;
}

/** Returns how much sooner one program is ready than the others. */
const ratio = (own: readonly number[], others: readonly number[]) => undisturbed(others) / undisturbed(own);

async function byTurns(
  runs: number,
  ours: () => Promise<number>,
  beside: () => Promise<number>,
  guard = ratio,
): Promise<Required<Pick<Measurement, "ours" | "beside" | "guarded">>> {
  const own: number[] = [];
  const others: number[] = [];
  for (let run = 0; run < runs; run++) {
    own.push(await ours());
    others.push(await beside());
  }
  return { ours: median(own), beside: median(others), guarded: guard(own, others) };
}
