/**
 * An interactive shell without a notebook: runs cells one after the other, and keeps them as the session's history.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import { type CellSettings, pickCellSettings } from "../execution/cell_settings.ts";
import { CheckedModel } from "../execution/checked_model.ts";
import { type HistoryEntry, wasAnswered } from "../execution/history_entry.ts";
import { executeCell, type ExecuteCellOptions } from "../execution/execute_cell.ts";
import { hasRaised, keyboardInterrupt } from "../execution/interrupted.ts";
import type { Model } from "../execution/model.ts";
import { ContextBudget } from "../execution/context_budget.ts";
import { type SessionUsage, UsageMeter, type UsageTotal } from "../execution/usage_meter.ts";
import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import { StdinNotImplementedError } from "../errors.ts";
import { guardListener, guardLogger } from "../listener.ts";
import { silentLogger } from "../logger.ts";
import { traceInto } from "../options/trace_into.ts";
import { resetsNamespace } from "../python/resets_namespace.ts";
import { CellOutputs, type OutputChange, updateDisplays } from "./cell_outputs.ts";
import {
  type InteractiveShellOptions,
  readRunOptions,
  readShellOptions,
  type RunCellOptions,
} from "./shell_options.ts";
import { TeeContext } from "./tee_context.ts";

export type { InteractiveShellOptions, RunCellOptions } from "./shell_options.ts";

/**
 * The result of a cell in a shell.
 *
 * ```ts
 * import { createModel, InteractiveShell, type ShellCell } from "@runt/aipython-runtime-agent";
 *
 * function describe({ executionCount, status, error }: ShellCell): string {
 *   return `In [${executionCount}]: ${status === "error" ? error : status}`;
 * }
 *
 * const shell = new InteractiveShell({ model: await createModel() });
 * console.log(describe(await shell.runCell("2 + 2")));
 * ```
 */
export interface ShellCell {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The result: `success`, `error`, or `interrupted` by its signal. */
  status: "success" | "error" | "interrupted";
  /** The exception, `ename: evalue`; absent after a success. */
  error?: string;
  /** The outputs, in order. */
  outputs: readonly CellOutput[];
  /** The tokens and the cost of its requests. */
  usage: UsageTotal;
  /** Whether it has deleted all names of the session, so that earlier cells are no longer sent to the model. */
  hasReset: boolean;
}

/** A cell of the session. A later cell can update its displays. */
type KeptCell = HistoryEntry & { outputs: CellOutput[] };

/** The text that `%reset` prints if the user does not confirm. */
const NOT_RESET = /^Nothing done\.$/m;

/**
 * A session of cells in memory, without a notebook. Each cell is sent to the model with those before it.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { createModel, InteractiveShell } from "@runt/aipython-runtime-agent";
 *
 * const shell = new InteractiveShell({ model: await createModel() });
 * await shell.runCell("eggs = 2");
 * const { executionCount, outputs } = await shell.runCell("eggs + 2");
 * assert.equal(executionCount, 2);
 * assert.deepEqual(outputs, [{ type: "execute_result", data: { "text/plain": "4" } }]);
 * ```
 */
export class InteractiveShell {
  readonly #options: InteractiveShellOptions & CellSettings;
  readonly #model: Model;
  readonly #cacheKey: string;
  readonly #meter: UsageMeter;
  readonly #budget: ContextBudget;
  /** All numbered cells. */
  readonly #cells: KeptCell[];
  /** The cells that are sent to the model with the next one. */
  readonly #sent: KeptCell[];
  #executionCount: number;
  #cellCount = 0;

  /**
   * Opens a session, without a request to the model.
   *
   * @param given the model and settings. Settings that are absent have the defaults of {@linkcode CellSettings}
   * @throws {ConfigurationError} lists every option that is unknown, missing or wrong
   */
  constructor(given: InteractiveShellOptions) {
    const options = readShellOptions(given);
    this.#options = options;
    this.#model = new CheckedModel(options.model);
    this.#cacheKey = options.cacheKey ?? `aipython-${crypto.randomUUID()}`;
    this.#cells = (options.history ?? []).map((cell) => ({ ...cell, outputs: [...cell.outputs] }));
    this.#sent = this.#cells.slice(this.#cells.findLastIndex(hasReset) + 1);
    this.#executionCount = (this.#cells.at(-1)?.executionCount ?? 0) + 1;
    this.#meter = new UsageMeter(options, options.price);
    this.#budget = new ContextBudget(options.historyTokens);
  }

  /** The `n` of the next cell. */
  get executionCount(): number {
    return this.#executionCount;
  }

  /** The tokens and the cost of the session so far. */
  get usage(): SessionUsage {
    return { cells: this.#cellCount, ...this.#meter.total };
  }

  /** The cells that are sent to the model with the next one, oldest first. Cells in which the model itself failed are left out. */
  get history(): readonly HistoryEntry[] {
    return this.#sent.filter(wasAnswered);
  }

  /** All cells that have run, oldest first, with their current outputs. */
  get cells(): readonly HistoryEntry[] {
    return this.#cells;
  }

  /**
   * Runs a cell after the previous ones. Await it before the next call, because a shell runs one cell at a time.
   *
   * A blank cell runs nothing and gets no number. An interrupted cell ends with a `KeyboardInterrupt`, as in IPython. After `%reset`,
   * earlier cells are no longer sent to the model. If the model fails, the cell ends with an `error` output whose `ename` is `ModelError`.
   *
   * @param code the cell's code, as typed
   * @param given listeners for the outputs, the source of input, and the signal. Default: none
   * @returns the result of the cell, with its outputs
   * @throws {ConfigurationError} lists every option that is unknown or wrong
   * @throws the error with which the context's `flush` rejects
   */
  async runCell(code: string, given: RunCellOptions = {}): Promise<ShellCell> {
    const options = readRunOptions(given);
    const { context: further, onChange, onWait, storeHistory = true, isSilent = false } = options;
    const signal = options.signal ?? new AbortController().signal;
    const onInput = options.onInput ?? further?.input?.bind(further) ?? refuseInput;
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
    const target = further === undefined ? context : new TeeContext(context, further);
    const ended = await this.#execute({ code, files, context: target, signal }, () => context.outputs);
    const outputs = [...context.outputs];
    const inputs = context.inputs.length > 0 ? { inputs: [...context.inputs] } : {};
    const failed = ended.status === "error" ? { hasFailed: true } : {};
    const named = files.length > 0 ? { files } : {};
    const cell: KeptCell = { executionCount, code, outputs, ...inputs, ...named, ...failed };
    if (code.trim() !== "" && !isSilent) this.#keep(cell, storeHistory);
    const usage = this.#meter.since(earlier);
    return { ...ended, executionCount, outputs: context.outputs, usage, hasReset: !isSilent && hasReset(cell) };
  }

  /** Keeps a cell. One without its own number is kept without outputs, because its tool calls would have the ids of the next cell's. */
  #keep(cell: KeptCell, isNumbered: boolean): void {
    const { executionCount, code, files } = cell;
    this.#cellCount += 1;
    if (hasReset(cell)) this.#sent.length = 0;
    else if (isNumbered) this.#sent.push(cell);
    else this.#sent.push({ executionCount, code, files, outputs: [], lacksOutputs: true });
    if (!isNumbered) return;
    this.#executionCount += 1;
    this.#cells.push(cell);
  }

  async #execute(
    { code, files, context, signal }: Pick<ExecuteCellOptions, "code" | "files" | "signal" | "context">,
    shown: () => readonly CellOutput[],
  ): Promise<Pick<ShellCell, "status" | "error">> {
    const executionCount = this.#executionCount;
    try {
      const { status, error } = await executeCell({
        ...pickCellSettings(this.#options),
        logger: this.#options.logger,
        model: this.#model,
        cacheKey: this.#cacheKey,
        context,
        code,
        files,
        executionCount,
        history: this.#sent,
        meter: this.#meter,
        budget: this.#budget,
        trace: this.#tracing(),
        telemetry: this.#options.telemetry,
        signal,
      });
      return { status, error };
    } catch (reason) {
      if (!signal.aborted) throw reason;
      const { ename, evalue, traceback } = keyboardInterrupt({ executionCount, code });
      if (!hasRaised(shown())) context.error(ename, evalue, traceback);
      await context.flush();
      return { status: "interrupted", error: ename };
    }
  }

  #tracing(): CellTracing | undefined {
    const { onTrace, secrets = [], logger = silentLogger } = this.#options;
    return onTrace && traceInto(guardListener("onTrace", onTrace, guardLogger(logger)), secrets);
  }

  #update({ displayId, output }: OutputChange & { type: "updated" }): void {
    for (const cell of this.#cells) updateDisplays(cell.outputs, displayId, output);
  }
}

function refuseInput(): Promise<never> {
  return Promise.reject(new StdinNotImplementedError());
}

/** Returns whether a cell has deleted all names of the session. */
function hasReset({ code, outputs }: KeptCell): boolean {
  return resetsNamespace(code) &&
    !outputs.some((output) => output.type === "error" || (output.type === "stream" && NOT_RESET.test(output.text)));
}
