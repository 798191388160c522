/**
 * Drops and reorders a model's outputs so that the cell shows what IPython would show.
 *
 * @module
 */

import { type Logger, silentLogger } from "../logger.ts";
import type { ExecutionContext, StreamName } from "./execution_context.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";
import { OutputLimit } from "./output_limit.ts";
import { stderrText } from "./traceback/stderr_error.ts";
import { prettyTraceback } from "./traceback/traceback.ts";

/** What {@linkcode IPythonOutput} depends on. */
export interface IPythonOutputOptions {
  /** Where the outputs go. */
  context: ExecutionContext;
  /** The cell's execution count, for tracebacks. */
  executionCount: number;
  /** The cell's code, for tracebacks. */
  code: string;
  /** Whether the cell can have a value; not for one that ends in a statement or in `;`. */
  hasResult: boolean;
  /** How many of the cell's statements are expressions: some models send the value of each. Default: 0. */
  expressions?: number;
  /** Whether the cell is certain to output something. Default: false. */
  mustOutput?: boolean;
  /** How many characters may be shown; 0, the default, for any number. */
  maxCharacters?: number;
  /** Told what was dropped. Silent, unless given. */
  logger?: Logger;
}

/** A value that waits to be shown. */
interface Result {
  data: MimeBundle;
  metadata?: MimeMetadata;
}

/**
 * How many values a model may send for a cell, though IPython shows one: a value that corrects another. Small models that send a third
 * never come to an end. Text and displays may be the same any number of times, as in a loop.
 */
const MAX_VALUES = 2;

/** The exception after which IPython warns on stderr that this is not the way to leave. */
const EXIT = "SystemExit";

/**
 * The outputs of one cell, as IPython shows them: text at once, one value at most, nothing after an exception but what IPython writes to
 * stderr after a `SystemExit`.
 *
 * IPython shows the value of the last statement, after all text and before the figures. So a value waits: text overtakes it, a
 * later value takes its place, an exception drops it, and a display or {@linkcode IPythonOutput.settle} lets it go.
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
  /** The texts of values that were sent where the cell has none. */
  readonly #strayTexts: string[] = [];

  /** @param options where outputs go, and the cell they belong to */
  constructor(options: IPythonOutputOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    this.#limit = new OutputLimit(options.maxCharacters ?? 0);
  }

  /** The Python exception that ended the cell, as `ename: evalue`; `undefined` while there is none. */
  get raised(): string | undefined {
    return this.#raised;
  }

  /** Whether nothing more is shown: an exception has ended the cell, there was too much, or the model does not come to an end. */
  get isOver(): boolean {
    return (this.#raised !== undefined && !this.#mayWarn) || this.isCut || this.#isEndless;
  }

  /** Whether the model has sent more values than a cell can have. */
  get isEndless(): boolean {
    return this.#isEndless;
  }

  /** Whether something was left out because there was too much. */
  get isCut(): boolean {
    return this.#limit.reached !== undefined;
  }

  /** How much the cell could show, where something was left out because there was more: `1,000 displays`. */
  get limit(): string | undefined {
    return this.#limit.reached;
  }

  /** How many characters have been shown, those of bundles as JSON. */
  get shown(): number {
    return this.#limit.shown;
  }

  /** Writes text to a stream. */
  text(stream: StreamName, text: string): void {
    if (stream !== "stderr" && text !== "") this.#mayWarn = false;
    if (!this.isOver) this.#writeWhatFits(stream, text);
  }

  /** Shows why nothing happens; without a reason that it goes on. */
  waiting(reason?: string): void {
    if (reason === undefined && !this.#isWaiting) return;
    this.#isWaiting = reason !== undefined;
    this.#options.context.waiting?.(reason);
  }

  /** Takes the value of the cell's last statement; it is dropped where there can be none, or was one already. */
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

  /** Shows rich content. */
  display(data: MimeBundle, metadata?: MimeMetadata): void {
    this.#mayWarn = false;
    if (this.isOver) return;
    this.settle();
    if (this.#limit.fitsDisplay(data)) this.#options.context.display(data, metadata);
  }

  /** Shows the exception that ends the cell, on stderr where IPython does. */
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

  /** Shows the value that waits: nothing more will come before it. */
  settle(): void {
    if (this.#result === undefined) return;
    const { data, metadata } = this.#result;
    this.#result = undefined;
    this.#hasShownResult = true;
    if (this.#limit.fits(data)) this.#options.context.executeResult(data, metadata);
  }

  /**
   * Ends the cell: shows the value that waits. Some models send what a cell prints as its value. Where it has no value, must output
   * something and nothing was shown, that is shown as text.
   */
  end(): void {
    this.settle();
    if (!this.#options.mustOutput || this.#limit.shown > 0 || this.#raised !== undefined) return;
    this.#strayTexts.forEach((text) => this.#writeWhatFits("stdout", text.endsWith("\n") ? text : `${text}\n`));
  }

  /** Writes a line of our own to stderr. */
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

  /** Drops a value of a cell that has none, and keeps it if it is a text alone. Sent twice in a row it is a repetition. */
  #dropStray({ "text/plain": text, ...others }: MimeBundle): void {
    this.#drop("the cell's last statement has no value");
    const isText = typeof text === "string" && text !== "" && Object.keys(others).length === 0;
    if (isText && text !== this.#strayTexts.at(-1)) this.#strayTexts.push(text);
  }

  #drop(reason: string): void {
    this.#logger.debug("a stray execute_result was dropped", { reason });
  }
}
