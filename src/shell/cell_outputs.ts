/**
 * Keeps the outputs of one cell in memory: an execution context that reports every change.
 *
 * @module
 */

import type { CellOutput, DisplayDataOutput } from "../execution/cell_output.ts";
import { readDisplayDirective } from "../execution/display_directive.ts";
import type { ExecutionContext, InputRequest, StreamName } from "../execution/execution_context.ts";
import type { AnsweredInput } from "../execution/history_entry.ts";
import { answerInput } from "../execution/input_answer.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";
import { type Logger, silentLogger } from "../logger.ts";
import { normalizeBundle } from "../media/normalize_bundle.ts";

/**
 * A change of a cell's outputs.
 *
 * ```ts
 * import { CellOutputs, type OutputChange } from "@runt/aipython-runtime-agent";
 *
 * const changes: OutputChange[] = [];
 * const context = new CellOutputs({ onChange: (change) => changes.push(change) });
 * context.stdout("boiling\n");
 * context.display({}, { clear_output: true });
 * console.log(changes.map(({ type }) => type)); // [ "added", "cleared" ]
 * ```
 */
export type OutputChange =
  /** An output was added after the others; for a stream, the next piece of its text. */
  | { type: "added"; output: CellOutput }
  /** All outputs were removed; with `isForNext` the next output follows at once. */
  | { type: "cleared"; isForNext?: true }
  /** The displays with this id have new content, in this cell and in earlier ones. */
  | { type: "updated"; displayId: string; output: DisplayDataOutput };

/**
 * The options of `new CellOutputs(options)`.
 *
 * ```ts
 * import { CellOutputs, type CellOutputsOptions } from "@runt/aipython-runtime-agent";
 *
 * const options: CellOutputsOptions = { onInput: ({ prompt }) => Promise.resolve(`an answer to ${prompt}`) };
 * console.log(new CellOutputs(options).outputs); // []
 * ```
 */
export interface CellOutputsOptions {
  /** Called synchronously with every change. */
  onChange?: (change: OutputChange) => void;
  /** Called with the reason for a wait, as a sentence, and without a reason when the wait is over. */
  onWait?: (reason?: string) => void;
  /** Asks the user for input; see {@linkcode ExecutionContext.input}. Default: the cell cannot ask. */
  onInput?: ExecutionContext["input"];
  /** Logs each part of a bundle that was discarded by the normalization. Default: no log. */
  logger?: Logger;
}

/**
 * The outputs of one cell. Bundles are normalized. A display keeps its id as `display_id` in its metadata, so that it can be updated.
 *
 * Consecutive texts of a stream become one output, except if the user was asked for input between them. As in a notebook,
 * `clear_output(wait=True)` clears when the next output arrives.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { CellOutputs } from "@runt/aipython-runtime-agent";
 *
 * const context = new CellOutputs();
 * context.stdout("Two kinds ");
 * context.stdout("of eggs.\n");
 * context.executeResult({ "text/plain": "15" });
 * assert.deepEqual(context.outputs, [
 *   { type: "stream", name: "stdout", text: "Two kinds of eggs.\n" },
 *   { type: "execute_result", data: { "text/plain": "15" } },
 * ]);
 * ```
 */
export class CellOutputs implements ExecutionContext {
  /** Asks the user for input; absent without the option `onInput`. */
  readonly input?: ExecutionContext["input"];
  readonly #options: CellOutputsOptions;
  readonly #outputs: CellOutput[] = [];
  readonly #inputs: AnsweredInput[] = [];
  #clearsAtNext = false;

  /**
   * Creates the context of one cell.
   *
   * @param options listeners and the source of input. Default: none
   */
  constructor(options: CellOutputsOptions = {}) {
    this.#options = options;
    const { onInput } = options;
    if (onInput !== undefined) this.input = (request, signal) => this.#ask(request, () => onInput(request, signal));
  }

  /** The cell's requests for input with their answers, in order. */
  get inputs(): readonly AnsweredInput[] {
    return this.#inputs;
  }

  /** The current outputs, in order. */
  get outputs(): readonly CellOutput[] {
    return this.#outputs;
  }

  /** Appends text to the standard output. */
  stdout(text: string): void {
    this.#stream("stdout", text);
  }

  /** Appends text to the standard error. */
  stderr(text: string): void {
    this.#stream("stderr", text);
  }

  /** Adds the value of the cell's last expression. */
  executeResult(data: MimeBundle, metadata?: MimeMetadata): void {
    this.#add({ type: "execute_result", ...this.#normalize(data, metadata) });
  }

  /** Adds rich content. If the metadata say so, it updates a display or clears the outputs instead. */
  display(data: MimeBundle, metadata?: MimeMetadata): void {
    const directive = readDisplayDirective(metadata);
    if (directive.type === "clear") {
      if (directive.wait) this.#clearsAtNext = true;
      else this.#clear({ type: "cleared" });
      return;
    }
    const { displayId } = directive;
    const named: MimeMetadata = displayId === undefined ? {} : { display_id: displayId };
    const output: DisplayDataOutput = {
      type: "display_data",
      ...this.#normalize(data, { ...directive.metadata, ...named }),
    };
    if (directive.type === "show") return this.#add(output);
    updateDisplays(this.#outputs, directive.displayId, output);
    this.#options.onChange?.({ type: "updated", displayId: directive.displayId, output });
  }

  /** Adds a Python exception. */
  error(ename: string, evalue: string, traceback: string[]): void {
    this.#add({ type: "error", ename, evalue, traceback });
  }

  /** Calls `onWait` with the reason. */
  waiting(reason?: string): void {
    this.#options.onWait?.(reason);
  }

  /** Resolves at once, because outputs in memory need no delivery. */
  flush(): Promise<void> {
    return Promise.resolve();
  }

  async #ask(request: InputRequest, ask: () => Promise<string>): Promise<string> {
    const position = this.#outputs.length;
    const asked = ask();
    const answer = await answerInput(request, () => asked);
    this.#inputs.push({ ...request, position, answer });
    return await asked;
  }

  #stream(name: StreamName, text: string): void {
    if (text === "") return;
    this.#clearIfPending();
    const last = this.#outputs.at(-1);
    const isAfterInput = this.#inputs.at(-1)?.position === this.#outputs.length;
    if (last?.type === "stream" && last.name === name && !isAfterInput) last.text += text;
    else this.#outputs.push({ type: "stream", name, text });
    this.#options.onChange?.({ type: "added", output: { type: "stream", name, text } });
  }

  #add(output: CellOutput): void {
    this.#clearIfPending();
    this.#outputs.push(output);
    this.#options.onChange?.({ type: "added", output });
  }

  #clearIfPending(): void {
    if (this.#clearsAtNext) this.#clear({ type: "cleared", isForNext: true });
  }

  #clear(change: OutputChange): void {
    this.#clearsAtNext = false;
    this.#outputs.length = 0;
    for (const input of this.#inputs) input.position = 0;
    this.#options.onChange?.(change);
  }

  #normalize(data: MimeBundle, metadata?: MimeMetadata): { data: MimeBundle; metadata?: MimeMetadata } {
    const { logger = silentLogger } = this.#options;
    const normalized = normalizeBundle(data, metadata);
    for (const loss of normalized.dropped) logger.debug("a part of an output was not shown", { loss });
    return Object.keys(normalized.metadata).length === 0
      ? { data: normalized.data }
      : { data: normalized.data, metadata: normalized.metadata };
  }
}

/** Replaces the content of every display with this id. */
export function updateDisplays(outputs: CellOutput[], displayId: string, content: DisplayDataOutput): void {
  for (const [index, output] of outputs.entries()) {
    if (output.type === "display_data" && output.metadata?.display_id === displayId) outputs[index] = content;
  }
}
