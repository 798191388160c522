/**
 * An interactive shell without a notebook: runs cells one after the other and remembers them.
 *
 * @module
 */

import type { CellFile } from "../execution/cell_file.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import type { CellSettings } from "../execution/cell_settings.ts";
import type { CellTelemetry } from "../execution/cell_telemetry.ts";
import { type HistoryEntry, wasAnswered } from "../execution/history_entry.ts";
import { executeCell, type ExecuteCellOptions } from "../execution/execute_cell.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import type { Model } from "../execution/model.ts";
import { ContextBudget } from "../execution/context_budget.ts";
import { type SessionUsage, type UsageLimits, UsageMeter, type UsageTotal } from "../execution/usage_meter.ts";
import type { Price } from "../execution/price.ts";
import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import type { ExecutionContext } from "../execution/execution_context.ts";
import { StdinNotImplementedError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { resetsNamespace } from "../python/resets_namespace.ts";
import { CellOutputs, type OutputChange, updateDisplays } from "./cell_outputs.ts";

/** How a shell asks its model. */
export interface InteractiveShellOptions extends Partial<CellSettings>, UsageLimits {
  /** Who plays IPython. */
  model: Model;
  /** The shell's id for the provider's prompt cache. No two shells of one model server share it. */
  cacheKey: string;
  /** What the model's tokens cost. Default: not known. */
  price?: Price;
  /** Whether cells can ask the person for input, by each cell's `onInput`. Default: false. */
  hasInput?: boolean;
  /** Finds the files that a cell names. Default: cells name none. */
  filesOf?: (code: string) => Promise<readonly CellFile[]>;
  /** Cells of an earlier session that this one goes on from, oldest first. */
  history?: readonly HistoryEntry[];
  /** Wants a record of each cell's exchange with the model. Default: nobody does. */
  trace?: CellTracing;
  /** Watches each cell and its model requests. Default: nobody does. */
  telemetry?: CellTelemetry;
  /** Silent, unless given. */
  logger?: Logger;
}

/** How one cell is run. */
export interface RunCellOptions {
  /** Told of every output while it arrives. */
  onChange?: (change: OutputChange) => void;
  /** Told why nothing happens, as a sentence, and when it goes on. */
  onWait?: (reason?: string) => void;
  /**
   * Asks the person, where the shell has input; see `ExecutionContext.input`. Default: this cell cannot ask, which ends in a
   * `StdinNotImplementedError`.
   */
  onInput?: ExecutionContext["input"];
  /** Whether the cell takes a number and is among the {@linkcode InteractiveShell.cells}. Default: true. */
  storeHistory?: boolean;
  /** Whether it is a question beside the session, which later cells know nothing of; it takes no number either. Default: false. */
  isSilent?: boolean;
  /** Interrupts the cell. */
  signal: AbortSignal;
}

/** A cell that has run. */
export interface ShellCell {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** How it ended; `interrupted` by its signal. */
  status: "success" | "error" | "interrupted";
  /** The exception, as `ename: evalue`; absent after a success. */
  error?: string;
  /** What it shows, in order. */
  outputs: readonly CellOutput[];
  /** What it cost. */
  usage: UsageTotal;
  /** Whether it has deleted all that the session had defined, so that the model is told of no cell before it. */
  hasReset: boolean;
}

/** A cell that has run, as it is kept. */
type KeptCell = HistoryEntry & { outputs: CellOutput[] };

/** What `%reset` prints where the person has second thoughts. */
const NOT_RESET = /^Nothing done\.$/m;

/** A session of cells. */
export class InteractiveShell {
  readonly #options: InteractiveShellOptions;
  readonly #meter: UsageMeter;
  readonly #budget: ContextBudget;
  /** All numbered cells. */
  readonly #cells: KeptCell[];
  /** The cells that the model is told of. */
  readonly #told: KeptCell[];
  #executionCount: number;
  #cellCount = 0;

  constructor(options: InteractiveShellOptions) {
    this.#options = options;
    this.#cells = (options.history ?? []).map((cell) => ({ ...cell, outputs: [...cell.outputs] }));
    this.#told = this.#cells.slice(this.#cells.findLastIndex(hasReset) + 1);
    this.#executionCount = (this.#cells.at(-1)?.executionCount ?? 0) + 1;
    this.#meter = new UsageMeter(options, options.price);
    this.#budget = new ContextBudget(options.historyTokens);
  }

  /** The `n` of the next cell. */
  get executionCount(): number {
    return this.#executionCount;
  }

  /** What the session has cost so far. */
  get usage(): SessionUsage {
    return { cells: this.#cellCount, ...this.#meter.total };
  }

  /** The cells that have run, oldest first, as the model is told of them: without those in which the model itself failed. */
  get history(): readonly HistoryEntry[] {
    return this.#told.filter(wasAnswered);
  }

  /** All cells that have run, oldest first, with their outputs as they are now. */
  get cells(): readonly HistoryEntry[] {
    return this.#cells;
  }

  /**
   * Runs a cell after those before it. One cell at a time: whoever calls this awaits it before the next call.
   *
   * A blank cell runs nothing and takes no number. An interrupted cell ends with a `KeyboardInterrupt`, as IPython's does. After
   * `%reset` the model is told of no earlier cell.
   */
  async runCell(
    code: string,
    { onChange, onWait, onInput = refuseInput, storeHistory = true, isSilent = false, signal }: RunCellOptions,
  ): Promise<ShellCell> {
    const { logger, hasInput = false } = this.#options;
    const executionCount = this.#executionCount;
    const earlier = this.#meter.total;
    const context = new CellOutputs({
      logger,
      onWait,
      ...(hasInput && { onInput }),
      onChange: (change) => {
        if (change.type === "updated") this.#update(change);
        onChange?.(change);
      },
    });
    const files = await this.#options.filesOf?.(code) ?? [];
    const ended = await this.#execute({ code, files, context, signal });
    const outputs = [...context.outputs];
    const inputs = context.inputs.length > 0 ? { inputs: [...context.inputs] } : {};
    const failed = ended.status === "error" ? { hasFailed: true } : {};
    const named = files.length > 0 ? { files } : {};
    const cell: KeptCell = { executionCount, code, outputs, ...inputs, ...named, ...failed };
    if (code.trim() !== "" && !isSilent) this.#keep(cell, storeHistory);
    const usage = this.#meter.since(earlier);
    return { ...ended, executionCount, outputs: context.outputs, usage, hasReset: !isSilent && hasReset(cell) };
  }

  /** Keeps a cell. One without a number of its own is told without outputs: the ids of its calls would be those of the next cell. */
  #keep(cell: KeptCell, isNumbered: boolean): void {
    const { executionCount, code, files } = cell;
    this.#cellCount += 1;
    if (hasReset(cell)) this.#told.length = 0;
    else if (isNumbered) this.#told.push(cell);
    else this.#told.push({ executionCount, code, files, outputs: [], lacksOutputs: true });
    if (!isNumbered) return;
    this.#executionCount += 1;
    this.#cells.push(cell);
  }

  async #execute(
    { code, files, context, signal }: Pick<ExecuteCellOptions, "code" | "files" | "signal"> & { context: CellOutputs },
  ): Promise<Pick<ShellCell, "status" | "error">> {
    const options = this.#options;
    try {
      const { status, error } = await executeCell({
        ...options,
        context,
        code,
        files,
        executionCount: this.#executionCount,
        history: this.#told,
        meter: this.#meter,
        budget: this.#budget,
        signal,
      });
      return { status, error };
    } catch (reason) {
      if (!signal.aborted) throw reason;
      const { ename, evalue, traceback } = keyboardInterrupt({ executionCount: this.#executionCount, code });
      if (!hasRaised(context.outputs)) context.error(ename, evalue, traceback);
      return { status: "interrupted", error: ename };
    }
  }

  #update({ displayId, output }: OutputChange & { type: "updated" }): void {
    for (const cell of this.#cells) updateDisplays(cell.outputs, displayId, output);
  }
}

function refuseInput(): Promise<never> {
  return Promise.reject(new StdinNotImplementedError());
}

/** Whether a cell has deleted all that the session had defined. */
function hasReset({ code, outputs }: KeptCell): boolean {
  return resetsNamespace(code) &&
    !outputs.some((output) => output.type === "error" || (output.type === "stream" && NOT_RESET.test(output.text)));
}
