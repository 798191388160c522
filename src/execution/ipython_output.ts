/**
 * Drops and reorders a model's outputs, so that the cell shows what IPython would show.
 *
 * @module
 */

import { type Logger, silentLogger } from "../logger.ts";
import type { ExecutionContext, StreamName } from "./execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";
import { OutputLimit } from "./output_limit.ts";
import { stderrText } from "./traceback/stderr_error.ts";
import { prettyTraceback } from "./traceback/traceback.ts";

export interface IPythonOutputOptions {
  context: ExecutionContext;
  /** The cell's execution count, which tracebacks contain. */
  executionCount: number;
  /** The cell's code, which tracebacks contain. */
  code: string;
  /** Whether the cell can have a value. It cannot if it ends in a statement or in `;`. */
  hasResult: boolean;
  /** The number of expression statements in the cell. Some models send the value of each. Default: 0. */
  expressions?: number;
  /** Whether the cell is certain to output something. Default: false. */
  mustOutput?: boolean;
  /** The number of characters that may be shown. Default: 0, which means no limit. */
  maxCharacters?: number;
  /** Logs what is dropped. Default: no logging. */
  logger?: Logger;
}

/** A value that has not been shown yet. */
interface Result {
  data: MimeBundle;
  metadata?: MimeMetadata;
}

/**
 * The number of values that a model may send for a cell. IPython shows one, and a second can correct the first. Small models that
 * send a third one repeat it forever. Texts and displays may occur any number of times, as in a loop.
 */
const MAX_VALUES = 2;

/** The exception after which IPython writes a warning to stderr, which suggests another way to exit. */
const EXIT = "SystemExit";

/**
 * Shows the outputs of one cell as IPython does: text immediately, at most one value, and after an exception nothing except
 * IPython's warning after a `SystemExit`.
 *
 * IPython shows the value of the last statement after all text and before the figures. A value is therefore held back: text is
 * shown before it, a later value replaces it, an exception drops it, and a display or {@linkcode IPythonOutput.settle} shows it.
 */
export class IPythonOutput {
  readonly #options: IPythonOutputOptions;
  readonly #logger: Logger;
  readonly #limit: OutputLimit;
  #result: Result | undefined;
  #hasShownResult = false;
  #raised: string | undefined;
  #mayWarn = false;
  #stderrEnd = "\n";
  #isWaiting = false;
  #values = 0;
  #isEndless = false;
  /** The text of values that were sent although the cell has none. */
  readonly #strayTexts: string[] = [];

  constructor(options: IPythonOutputOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    this.#limit = new OutputLimit(options.maxCharacters ?? 0);
  }

  /** The Python exception that ended the cell, as `ename: evalue`, or `undefined`. */
  get raised(): string | undefined {
    return this.#raised;
  }

  /** Whether nothing more is shown: an exception ended the cell, the limit was reached, or the model does not finish. */
  get isOver(): boolean {
    return (this.#raised !== undefined && !this.#mayWarn) || this.isCut || this.#isEndless;
  }

  /** Whether the model sent more values than a cell can have. */
  get isEndless(): boolean {
    return this.#isEndless;
  }

  /** Whether output was left out because of the limit. */
  get isCut(): boolean {
    return this.#limit.reached !== undefined;
  }

  /** The limit, if output was left out because of it: `1,000 displays`. */
  get limit(): string | undefined {
    return this.#limit.reached;
  }

  /** The number of shown characters. Bundles count as JSON. */
  get shown(): number {
    return this.#limit.shown;
  }

  text(stream: StreamName, text: string): void {
    if (stream !== "stderr" && text !== "") this.#mayWarn = false;
    if (!this.isOver) this.#writeWhatFits(stream, text);
  }

  /** Shows why nothing happens. Without a reason, ends that message. */
  waiting(reason?: string): void {
    if (reason === undefined && !this.#isWaiting) return;
    this.#isWaiting = reason !== undefined;
    this.#options.context.waiting?.(reason);
  }

  /** Handles the value of the cell's last statement. It is dropped if the cell can have no value or has already shown one. */
  result(data: MimeBundle, metadata?: MimeMetadata): void {
    this.#mayWarn = false;
    if (this.isOver) return;
    const { hasResult, expressions = 0 } = this.#options;
    this.#values += 1;
    this.#isEndless = this.#values > Math.max(MAX_VALUES, expressions);
    if (this.#isEndless) return this.#drop("the cell has more values than IPython shows");
    if (!hasResult) return this.#dropStray(data);
    if (this.#hasShownResult) return this.#drop("the cell has shown its value already");
    if (this.#result !== undefined) this.#drop("a later statement has a value");
    this.#result = { data, metadata };
  }

  display(data: MimeBundle, metadata?: MimeMetadata): void {
    this.#mayWarn = false;
    if (this.isOver) return;
    this.settle();
    if (this.#limit.fitsDisplay(data)) this.#options.context.display(data, metadata);
  }

  /** Shows the exception that ends the cell, on stderr if IPython does that. */
  raise(ename: string, evalue: string, traceback: string[]): void {
    this.#mayWarn = false;
    if (this.isOver) return;
    if (this.#result !== undefined) this.#drop("the cell has raised an exception");
    this.#result = undefined;
    this.#raised = evalue === "" ? ename : `${ename}: ${evalue}`;
    this.#mayWarn = ename === EXIT;
    const { context, executionCount, code } = this.#options;
    const exception = { ename, evalue, traceback, executionCount, code };
    const text = stderrText(exception);
    if (text === undefined) context.error(ename, evalue, prettyTraceback(exception));
    else this.#write("stderr", text);
  }

  /** Shows the value that was held back, because nothing more comes before it. */
  settle(): void {
    if (this.#result === undefined) return;
    const { data, metadata } = this.#result;
    this.#result = undefined;
    this.#hasShownResult = true;
    if (this.#limit.fits(data)) this.#options.context.executeResult(data, metadata);
  }

  /**
   * Ends the cell and shows the value that was held back. Some models send printed text as a value. If the cell has no value but
   * must output something and nothing was shown, such a value is shown as text.
   */
  end(): void {
    this.settle();
    if (!this.#options.mustOutput || this.#limit.shown > 0 || this.#raised !== undefined) return;
    this.#strayTexts.forEach((text) => this.#writeWhatFits("stdout", text.endsWith("\n") ? text : `${text}\n`));
  }

  /** Writes a line of the agent itself to stderr. */
  note(line: string): void {
    this.settle();
    this.#write("stderr", this.#stderrEnd === "\n" ? line : `\n${line}`);
  }

  #writeWhatFits(stream: StreamName, text: string): void {
    this.#write(stream, this.#limit.take(text));
  }

  #write(stream: StreamName, text: string): void {
    if (text === "") return;
    if (stream === "stderr") this.#stderrEnd = text.slice(-1);
    this.#options.context[stream](text);
  }

  /** Drops a value of a cell that has none. Keeps it if it is only text and not a repetition of the previous one. */
  #dropStray({ "text/plain": text, ...others }: MimeBundle): void {
    this.#drop("the cell's last statement has no value");
    const isText = typeof text === "string" && text !== "" && Object.keys(others).length === 0;
    if (isText && text !== this.#strayTexts.at(-1)) this.#strayTexts.push(text);
  }

  #drop(reason: string): void {
    this.#logger.debug("a stray execute_result was dropped", { reason });
  }
}
