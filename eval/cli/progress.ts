/**
 * Shows the progress of a run: on a terminal a bar with the time left, elsewhere a line for each cell that is not
 * exact.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";
import { withoutControls } from "../../src/terminal/control_filter.ts";
import { ProgressLine } from "../../src/terminal/progress_line.ts";
import type { CellScore } from "../eval_run.ts";
import { isScore } from "../score_run.ts";
import type { LogHost } from "./eval_host.ts";

export interface RunState {
  /** Cells that are done, including those of an earlier run. */
  done: number;
  /** All cells that are asked for. */
  total: number;
  /** Cells that were done before this run began. They do not count for its speed. */
  before: number;
  exact: number;
  /** The time since this run began, in milliseconds. */
  elapsedMs: number;
}

/** Width of the bar, in columns. */
const BAR = 24;

/** Formats a bar and the time left: `[######------------------]  33/131  exact 31  1:20 left`. */
export function formatBar({ done, total, before, exact, elapsedMs }: RunState): string {
  const filled = total === 0 ? BAR : Math.round(BAR * done / total);
  const bar = "#".repeat(filled) + "-".repeat(BAR - filled);
  const left = done === before ? "" : `  ${formatTime(elapsedMs * (total - done) / (done - before))} left`;
  return `[${bar}]  ${done}/${total}  exact ${exact}${left}`;
}

/** `0:07`, `1:20`, `2:05:00`. */
function formatTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const pad = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/**
 * Formats a cell as a line: `wrong       dict_multiline  result`, `no score    dict_multiline  too late`, or with the letter of its run `wrong       b  dict_multiline  result`.
 */
export function formatCell(score: CellScore, letter?: string): string {
  const { name, parts, failure } = score;
  const verdict = isScore(score) ? score.match : "no score";
  const which = Object.entries(parts).filter(([, match]) => match !== "exact").map(([part]) => part).join(", ");
  const why = failure === undefined ? which : failure.split("\n")[0];
  const run = letter === undefined ? "" : `${letter}  `;
  return withoutControls(`${verdict.padEnd(12)}${run}${name}  ${why}`).trimEnd();
}

type ProgressHost = LogHost & Pick<CommandHost, "writeError" | "isTerminal" | "columns" | "clock">;

export class Progress {
  readonly #host: ProgressHost;
  /** Absent without a terminal. */
  readonly #line: ProgressLine | undefined;
  readonly #startedAt: number;
  readonly #total: number;
  readonly #before: number;
  #done: number;
  #exact: number;

  /** @param earlier the cells that an earlier run has scored */
  constructor(
    host: ProgressHost,
    total: number,
    earlier: readonly CellScore[],
  ) {
    this.#host = host;
    if (host.isTerminal("error")) {
      // A terminal without a size says 0.
      this.#line = new ProgressLine((text) => host.writeError(text), () => host.columns() || Infinity);
    }
    this.#startedAt = host.clock.now();
    this.#total = total;
    this.#before = this.#done = earlier.length;
    this.#exact = earlier.filter(({ match }) => match === "exact").length;
    this.#draw();
  }

  /**
   * Counts a cell.
   *
   * @param letter the letter of its run, if there are several
   */
  add(score: CellScore, letter?: string): void {
    this.#done += 1;
    if (score.match === "exact") this.#exact += 1;
    else if (this.#line === undefined) this.#host.writeError(`${formatCell(score, letter)}\n`);
    this.#draw();
  }

  /** Writes a line of the log above the bar. */
  write(line: string): void {
    this.end();
    (this.#host.writeLog ?? this.#host.writeError)(line);
    this.#draw();
  }

  /** Removes the bar. */
  end(): void {
    this.#line?.hide();
  }

  #draw(): void {
    const elapsedMs = this.#host.clock.now() - this.#startedAt;
    const state = { done: this.#done, total: this.#total, before: this.#before, exact: this.#exact, elapsedMs };
    this.#line?.show(formatBar(state));
  }
}
