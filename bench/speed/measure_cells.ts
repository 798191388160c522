/**
 * Runs the same cells in both agents by turns, and measures what a person sees of it, what it costs, and what stays in the log.
 *
 * @module
 */

import type { LineProcess } from "../line_process.ts";
import { type CellRun, runCell } from "./cell_run.ts";
import { type BenchCell, printing, SUM } from "./cells.ts";
import { HopMeter } from "./hop_meter.ts";
import { type Contender, openLane } from "./lane.ts";
import type { Measurement } from "./measurement.ts";
import type { Pace } from "./paced_model.ts";
import { median } from "./percentile.ts";
import type { Plan } from "./plan.ts";
import type { NotebookPlace } from "./witness.ts";

/** How fast the model is. */
export const PACE: Pace = { firstTokenMs: 300, tokensPerSecond: 60 };

/** What an agent may take of its own, in milliseconds. */
const OWN_MS = 5;

/** Runs of the same cell. */
type Runs = Record<Contender, CellRun[]>;

/** What an agent used while cells were printed. */
interface Usage {
  cpuMs: number;
  heapBytes: number;
  tokens: number;
}

/** Measures cells. `onProgress` is told of each that is done. */
export async function measureCells(
  server: Pick<NotebookPlace, "syncUrl" | "authToken">,
  { sums, prints }: Plan,
  onProgress: (done: string) => void,
): Promise<Measurement[]> {
  await using hops = await HopMeter.open(server);
  await using ours = await openLane("ours", server, PACE);
  await using baseline = await openLane("baseline", server, PACE);
  const lanes = { ours, baseline };
  const hopTimes: number[] = [];
  let count = 0;
  const play = async (cell: BenchCell, runs: number): Promise<Runs> => {
    const played: Runs = { ours: [], baseline: [] };
    for (let run = 0; run < runs; run++) {
      count++;
      hopTimes.push(await hops.measure(), await hops.measure());
      for (const contender of ["ours", "baseline"] as const) {
        played[contender].push(await runCell(lanes[contender], cell, count));
      }
      onProgress(`${cell.name}, ${run + 1} of ${runs}`);
    }
    return played;
  };

  // What is loaded with the first cell of a session, the others do not load again.
  await play(SUM, 2);
  await hops.measure();
  hopTimes.length = 0;
  const summed = await play(SUM, sums);
  const meters = { ours: await UsageMeter.start(ours.agent), baseline: await UsageMeter.start(baseline.agent) };
  const printed: { cell: BenchCell; runs: Runs }[] = [];
  for (const { tokens, runs } of prints) {
    printed.push({ cell: printing(tokens), runs: await play(printing(tokens), runs) });
  }
  const tokensOf = (contender: Contender) =>
    printed.flatMap(({ runs }) => runs[contender]).reduce((sum, { tokens }) => sum + tokens, 0);
  const usage = {
    ours: await meters.ours.stop(tokensOf("ours")),
    baseline: await meters.baseline.stop(tokensOf("baseline")),
  };
  const hop = median(hopTimes);
  return [
    { id: "hop", title: "one sync hop: commit -> seen by another client", unit: "ms", ours: hop },
    ...agentTimes(hop, summed, printed.map(({ runs }) => runs)),
    ...printed.flatMap(({ cell, runs }, index) => printTimes(cell, runs, index === printed.length - 1)),
    ...sumTimes(summed),
    ...costs(usage),
  ];
}

/** Reads what a process has used since the meter was started. */
class UsageMeter {
  readonly #process: LineProcess;
  readonly #before: { cpu: number; heap: number };

  private constructor(process: LineProcess, before: { cpu: number; heap: number }) {
    this.#process = process;
    this.#before = before;
  }

  static async start(process: LineProcess): Promise<UsageMeter> {
    const heap = Number(await process.ask("heap"));
    // Last, because the collection of garbage before it costs time.
    return new UsageMeter(process, { heap, cpu: Number(await process.ask("cpu")) });
  }

  async stop(tokens: number): Promise<Usage> {
    const cpuMs = Number(await this.#process.ask("cpu")) - this.#before.cpu;
    return { cpuMs, heapBytes: Number(await this.#process.ask("heap")) - this.#before.heap, tokens };
  }
}

/** The median of a time over runs. */
function middle(runs: readonly CellRun[], time: (run: CellRun) => number | readonly number[]): number {
  return median(runs.flatMap(time));
}

/** (a), (b), (c): the agent's own time on top of the model's and the server's. */
function agentTimes(hop: number, summed: Runs, printed: readonly Runs[]): Measurement[] {
  const prints: Runs = {
    ours: printed.flatMap(({ ours }) => ours),
    baseline: printed.flatMap(({ baseline }) => baseline),
  };
  const all: Runs = { ours: [...summed.ours, ...prints.ours], baseline: [...summed.baseline, ...prints.baseline] };
  const line = (id: string, title: string, ours: number, beside: number | undefined, ownMs: number): Measurement => ({
    id,
    title,
    unit: "ms",
    ours,
    ...beside !== undefined && { beside },
    limit: { value: hop + ownMs, from: ownMs === 0 ? "1 hop" : `1 hop + ${ownMs} ms` },
    guarded: hop / ours,
  });
  const asked = (runs: readonly CellRun[]) => middle(runs, (run) => run.untilAsked);
  const first = (runs: readonly CellRun[]) => middle(runs, (run) => run.firstChunk);
  const completed = (runs: readonly CellRun[]) => middle(runs, (run) => run.untilCompleted);
  const later = middle(prints.ours, (run) => run.laterChunks);
  return [
    line("asked", "(a) request seen -> model request sent", asked(all.ours), asked(all.baseline), OWN_MS),
    line("first_chunk", "(b) first piece of text -> seen", first(prints.ours), first(prints.baseline), OWN_MS),
    line("later_chunks", "(b) newest piece of each later event -> seen", later, undefined, OWN_MS),
    {
      id: "every_piece",
      title: "(b) every piece of text -> seen, ten events a second",
      unit: "ms",
      ours: middle(prints.ours, (run) => run.everyPiece),
    },
    line("completed", "(c) reply finished -> completed seen", completed(prints.ours), completed(prints.baseline), 0),
    {
      id: "completed_value",
      title: "(c) the same where the only output is the last token",
      unit: "ms",
      ours: completed(summed.ours),
      beside: completed(summed.baseline),
    },
  ];
}

/** What a person waits for, and what stays in the log, of a cell that prints. */
function printTimes({ name, tokens }: BenchCell, { ours, baseline }: Runs, isLongest: boolean): Measurement[] {
  const compared = (id: string, what: string, unit: Measurement["unit"], value: (run: CellRun) => number) => ({
    id: `${id}_${tokens}`,
    title: `${name}: ${what}`,
    unit,
    ours: middle(ours, value),
    beside: middle(baseline, value),
  });
  const first = compared("first_output", "Run -> first output seen", "ms", (run) => run.firstOutput);
  const whole = compared("whole", "Run -> completed seen", "ms", (run) => run.whole);
  const lines: Measurement[] = [
    // Ten times sooner is what is promised for 400 tokens; a shorter reply is not waited for as long.
    {
      ...first,
      ...tokens >= 400 && { limit: { value: first.beside / 10, from: "baseline / 10" } },
      guarded: first.beside / first.ours,
    },
    { ...whole, guarded: whole.beside / whole.ours },
  ];
  if (!isLongest) return lines;
  const requests = compared("requests", "model requests", "count", (run) => run.requests);
  const rate = compared("rate", "events of output a second", "count", (run) => run.eventsPerSecond);
  const { beside: _, ...ownRate } = rate;
  return [
    ...lines,
    {
      ...requests,
      limit: { value: requests.beside / 2, from: "baseline / 2" },
      guarded: requests.beside / requests.ours,
    },
    { ...ownRate, title: `(d) ${rate.title}`, limit: { value: 10 }, guarded: 10 / rate.ours },
    withTitle("(d)", compared("events", "events in the log", "count", (run) => run.events)),
    withTitle("(d)", compared("bytes", "bytes in the log", "bytes", (run) => run.bytes)),
  ];
}

function withTitle(letter: string, measurement: Measurement & { beside: number }): Measurement {
  const { title, beside, ours } = measurement;
  return { ...measurement, title: `${letter} ${title}`, guarded: beside / ours };
}

function sumTimes({ ours, baseline }: Runs): Measurement[] {
  const line = (id: string, what: string, time: (run: CellRun) => number): Measurement => {
    const [own, beside] = [middle(ours, time), middle(baseline, time)];
    return { id, title: `${SUM.name}: ${what}`, unit: "ms", ours: own, beside, guarded: beside / own };
  };
  return [
    line("first_output_value", "Run -> first output seen", (run) => run.firstOutput),
    line("whole_value", "Run -> completed seen", (run) => run.whole),
  ];
}

/** (e): what the agent's process uses for a thousand tokens. */
function costs({ ours, baseline }: Record<Contender, Usage>): Measurement[] {
  const each = (usage: Usage, amount: "cpuMs" | "heapBytes") => usage[amount] * 1_000 / usage.tokens;
  const cpu = { ours: each(ours, "cpuMs"), beside: each(baseline, "cpuMs") };
  return [
    { id: "cpu", title: "(e) CPU for 1,000 tokens", unit: "ms", ...cpu, guarded: cpu.beside / cpu.ours },
    {
      id: "heap",
      title: "(e) heap held after 1,000 tokens",
      unit: "bytes",
      ours: each(ours, "heapBytes"),
      beside: each(baseline, "heapBytes"),
    },
  ];
}
