/**
 * An interactive shell without a notebook: runs cells one after the other and remembers them.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import type { CellSettings } from "../execution/cell_settings.ts";
import { type HistoryEntry, wasAnswered } from "../execution/history_entry.ts";
import { executeCell } from "../execution/execute_cell.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import type { Model } from "../execution/model.ts";
import { ContextBudget } from "../execution/context_budget.ts";
import { type SessionUsage, UsageMeter, type UsageTotal } from "../execution/usage_meter.ts";
import type { ExecutionContext } from "../execution/execution_context.ts";
import { StdinNotImplementedError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { CellOutputs, type OutputChange, updateDisplays } from "./cell_outputs.ts";

/** How a shell asks its model. */
export interface InteractiveShellOptions extends Partial<CellSettings> {
  /** Who plays IPython. */
  model: Model;
  /** The shell's id for the provider's prompt cache. No two shells of one model server share it. */
  cacheKey: string;
  /** The tokens, in and out, that may be spent; 0, the default, for no limit. */
  maxTokensPerSession?: number;
  /** Whether cells can ask the person for input, by each cell's `onInput`. Default: false. */
  hasInput?: boolean;
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
}

/** A session of cells. */
export class InteractiveShell {
  readonly #options: InteractiveShellOptions;
  readonly #meter: UsageMeter;
  readonly #budget: ContextBudget;
  readonly #history: (HistoryEntry & { outputs: CellOutput[] })[] = [];
  #executionCount = 1;
  #cells = 0;

  constructor(options: InteractiveShellOptions) {
    this.#options = options;
    this.#meter = new UsageMeter(options.maxTokensPerSession);
    this.#budget = new ContextBudget(options.historyTokens);
  }

  /** The `n` of the next cell. */
  get executionCount(): number {
    return this.#executionCount;
  }

  /** What the session has cost so far. */
  get usage(): SessionUsage {
    return { cells: this.#cells, ...this.#meter.total };
  }

  /** The cells that have run, oldest first, as the model is told of them: without those in which the model itself failed. */
  get history(): readonly HistoryEntry[] {
    return this.#history.filter(wasAnswered);
  }

  /** All cells that have run, oldest first, with their outputs as they are now. */
  get cells(): readonly HistoryEntry[] {
    return this.#history;
  }

  /**
   * Runs a cell after those before it. One cell at a time: whoever calls this awaits it before the next call.
   *
   * A blank cell runs nothing and takes no number. An interrupted cell ends with a `KeyboardInterrupt`, as IPython's does.
   */
  async runCell(code: string, { onChange, onWait, onInput = refuseInput, signal }: RunCellOptions): Promise<ShellCell> {
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
    const ended = await this.#execute(code, context, signal);
    if (code.trim() !== "") {
      this.#cells += 1;
      this.#executionCount += 1;
      const outputs = [...context.outputs];
      const inputs = context.inputs.length > 0 ? { inputs: [...context.inputs] } : {};
      this.#history.push({ executionCount, code, outputs, ...inputs });
    }
    return { ...ended, executionCount, outputs: context.outputs, usage: this.#meter.since(earlier) };
  }

  async #execute(
    code: string,
    context: CellOutputs,
    signal: AbortSignal,
  ): Promise<Pick<ShellCell, "status" | "error">> {
    const options = this.#options;
    try {
      const { status, error } = await executeCell({
        ...options,
        context,
        code,
        executionCount: this.#executionCount,
        history: this.#history,
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
    for (const cell of this.#history) updateDisplays(cell.outputs, displayId, output);
  }
}

function refuseInput(): Promise<never> {
  return Promise.reject(new StdinNotImplementedError());
}
