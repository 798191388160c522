/**
 * Runs the same cells in both agents alternately, and measures the visible delays, the cost, and the size of the log.
 *
 * @module
 */

import type { NotebookAddress } from "../../src/notebook/notebook_address.ts";
import type { LineProcess } from "../line_process.ts";
import { type CellRun, runCell } from "./cell_run.ts";
import { type BenchCell, printing, SUM } from "./cells.ts";
import { HopMeter } from "./hop_meter.ts";
import { type Contender, openLane } from "./lane.ts";
import type { Measurement, Unit } from "./measurement.ts";
import type { Pace } from "./paced_model.ts";
import { median, noticeableRatio, undisturbed } from "./quantile.ts";
import type { Plan } from "./plan.ts";

/** The pace of the model. */
export const PACE: Pace = { firstTokenMs: 300, tokensPerSecond: 60 };

/** The time that an agent may add, in milliseconds. */
const OWN_MS = 5;

const MOST_EVENTS_A_SECOND = 10;

type Runs = Record<Contender, CellRun[]>;

/** The resources that an agent used. */
interface Usage {
  cpuMs: number;
  heapBytes: number;
  tokens: number;
}

/** @param onProgress called after each cell */
export async function measureCells(
  server: Pick<NotebookAddress, "syncUrl" | "authToken">,
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

  // The first cell of a session loads modules that later cells do not load again.
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
  return [
    { id: "hop", title: "one sync hop: commit -> seen by another client", unit: "ms", ours: median(hopTimes) },
    ...agentTimes(hopTimes, summed, printed.map(({ runs }) => runs)),
    ...printed.flatMap(({ cell, runs }, index) => printTimes(cell, runs, index === printed.length - 1)),
    ...sumTimes(summed),
    ...costs(usage),
  ];
}

/** Reads the resources that a process has used since the meter was started. */
class UsageMeter {
  readonly #process: LineProcess;
  readonly #before: { cpu: number; heap: number };

  private constructor(process: LineProcess, before: { cpu: number; heap: number }) {
    this.#process = process;
    this.#before = before;
  }

  static async start(process: LineProcess): Promise<UsageMeter> {
    const heap = Number(await process.ask("heap"));
    // Last, because the garbage collection before it takes time.
    return new UsageMeter(process, { heap, cpu: Number(await process.ask("cpu")) });
  }

  async stop(tokens: number): Promise<Usage> {
    const cpuMs = Number(await this.#process.ask("cpu")) - this.#before.cpu;
    return { cpuMs, heapBytes: Number(await this.#process.ask("heap")) - this.#before.heap, tokens };
  }
}

type Value = (run: CellRun) => number | readonly number[];

const valuesOf = (runs: readonly CellRun[], value: Value) => runs.flatMap(value);

/** Makes a line of the table that compares the two agents. */
function compared({ ours, baseline }: Runs, id: string, title: string, unit: Unit, value: Value) {
  const own = valuesOf(ours, value);
  const beside = valuesOf(baseline, value);
  return {
    id,
    title,
    unit,
    ours: median(own),
    beside: median(beside),
    guarded: undisturbed(beside) / undisturbed(own),
  };
}

/** (a), (b), (c): the time that the agent adds to the model's and the server's. */
function agentTimes(hopTimes: readonly number[], summed: Runs, printed: readonly Runs[]): Measurement[] {
  const joined = (...all: Runs[]): Runs => ({
    ours: all.flatMap(({ ours }) => ours),
    baseline: all.flatMap(({ baseline }) => baseline),
  });
  const prints = joined(...printed);
  const inHops = (id: string, title: string, runs: Runs, value: Value, ownMs: number): Measurement => {
    const own = valuesOf(runs.ours, value);
    const beside = valuesOf(runs.baseline, value);
    return {
      id,
      title,
      unit: "ms",
      ours: median(own),
      ...beside.length > 0 && { beside: median(beside) },
      limit: { value: median(hopTimes) + ownMs, from: ownMs === 0 ? "1 hop" : `1 hop + ${ownMs} ms` },
      guarded: noticeableRatio(own, hopTimes),
    };
  };
  const unguarded = (id: string, title: string, runs: Runs, value: Value): Measurement => {
    const { guarded: _, ...line } = compared(runs, id, title, "ms", value);
    return line;
  };
  const everyPiece = valuesOf(prints.ours, (run) => run.everyPiece);
  return [
    inHops(
      "asked",
      "(a) request seen -> model request sent",
      joined(summed, prints),
      (run) => run.untilAsked,
      OWN_MS,
    ),
    inHops("first_chunk", "(b) first piece of text -> seen", prints, (run) => run.firstChunk, OWN_MS),
    inHops(
      "later_chunks",
      "(b) newest piece of each later event -> seen",
      { ...prints, baseline: [] },
      (run) => run.laterChunks,
      OWN_MS,
    ),
    {
      id: "every_piece",
      title: "(b) every piece of text -> seen, ten events a second",
      unit: "ms",
      ours: median(everyPiece),
    },
    inHops("completed", "(c) reply finished -> completed seen", prints, (run) => run.untilCompleted, 0),
    unguarded(
      "completed_value",
      "(c) the same where the only output is the last token",
      summed,
      (run) => run.untilCompleted,
    ),
  ];
}

/** Measures the delays and the size of the log for a cell that prints. */
function printTimes({ name, tokens }: BenchCell, runs: Runs, isLongest: boolean): Measurement[] {
  const line = (id: string, title: string, unit: Unit, value: Value) =>
    compared(runs, `${id}_${tokens}`, title.replace("cell", name), unit, value);
  const first = line("first_output", "cell: Run -> first output seen", "ms", (run) => run.firstOutput);
  const lines: Measurement[] = [
    // The promise for 400 tokens is ten times sooner. Shorter replies gain less.
    tokens < 400 ? first : { ...first, limit: { value: first.beside / 10, from: "baseline / 10" } },
    line("whole", "cell: Run -> completed seen", "ms", (run) => run.whole),
  ];
  if (!isLongest) return lines;
  const requests = line("requests", "cell: model requests", "count", (run) => run.requests);
  const rate = median(valuesOf(runs.ours, (run) => run.eventsPerSecond));
  return [
    ...lines,
    { ...requests, limit: { value: requests.beside / 2, from: "baseline / 2" } },
    {
      id: `rate_${tokens}`,
      title: `(d) ${name}: events of output a second`,
      unit: "count",
      ours: rate,
      limit: { value: MOST_EVENTS_A_SECOND },
      guarded: MOST_EVENTS_A_SECOND / rate,
    },
    line("events", "(d) cell: events in the log", "count", (run) => run.events),
    line("bytes", "(d) cell: bytes in the log", "bytes", (run) => run.bytes),
  ];
}

function sumTimes(runs: Runs): Measurement[] {
  const line = (id: string, what: string, value: Value) => compared(runs, id, `${SUM.name}: ${what}`, "ms", value);
  return [
    line("first_output_value", "Run -> first output seen", (run) => run.firstOutput),
    line("whole_value", "Run -> completed seen", (run) => run.whole),
  ];
}

/** (e): the resources that the agent's process uses for a thousand tokens. */
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
