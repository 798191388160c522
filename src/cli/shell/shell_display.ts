/**
 * Shows the outputs of cells as they arrive, and on a terminal also their sources and the progress.
 *
 * A terminal gets everything that a notebook would show. In a pipe or a file, stdout gets the code's stdout, values and displays, and
 * stderr gets the code's stderr and tracebacks, so that `aipython run x.py > x.txt` writes what Python would print.
 *
 * @module
 */

import type { CellOutput } from "../../execution/cell_output.ts";
import type { Logger } from "../../logger.ts";
import { hasPicture } from "../../media/picture_file.ts";
import type { OutputChange } from "../../shell/cell_outputs.ts";
import type { RunningCell } from "../../shell/notebook_run.ts";
import type { CellDrawing } from "../../terminal/cell_drawing.ts";
import { CellPainter } from "../../terminal/cell_painter.ts";
import { PlainOutputs } from "../../terminal/plain_outputs.ts";
import { ProgressLine } from "../../terminal/progress_line.ts";
import { wantsColor } from "../../terminal/style.ts";
import type { CommandHost } from "../host/command_host.ts";
import type { ShellPictures } from "./shell_pictures.ts";

/** The interval at which the progress line is redrawn, in milliseconds: it shows tenths of a second. */
const REDRAW_MS = 100;

export interface ShellDisplayOptions {
  host: CommandHost;
  /** Whether to hide both outputs and progress. */
  isQuiet: boolean;
  /** Whether to hide outputs, because stdout is used for something else. Default: false. */
  hidesOutputs?: boolean;
  /** Saves pictures as files. Default: pictures are not saved. */
  pictures?: ShellPictures;
}

export class ShellDisplay implements Disposable {
  readonly #host: CommandHost;
  readonly #isQuiet: boolean;
  readonly #hidesOutputs: boolean;
  readonly #pictures: ShellPictures | undefined;
  readonly #drawing: CellDrawing;
  readonly #progress: ProgressLine | undefined;
  #describe: (() => string) | undefined;
  #wait: string | undefined;
  #stopRedrawing = () => {};
  /** Resolves when the outputs that wait for a picture are shown; absent if none waits. */
  #waiting: Promise<void> | undefined;
  #hasCell = false;

  constructor({ host, isQuiet, hidesOutputs = false, pictures }: ShellDisplayOptions) {
    this.#host = host;
    this.#isQuiet = isQuiet;
    this.#hidesOutputs = isQuiet || hidesOutputs;
    this.#pictures = pictures;
    this.#drawing = makeDrawing(host);
    if (isQuiet || !host.isTerminal("error")) return;
    this.#progress = new ProgressLine((text) => host.writeError(text), () => host.columns());
    this.#redrawLater();
  }

  /** Shows progress from now on, if stderr is a terminal. */
  track(describe: () => string): void {
    this.#describe = describe;
    this.#showProgress();
  }

  /** Returns a logger that hides the progress line before it writes. */
  logger(logger: Logger): Logger {
    const apart = (level: keyof Logger): Logger[typeof level] => (message, fields) => {
      this.#progress?.hide();
      logger[level](message, fields);
    };
    return { debug: apart("debug"), info: apart("info"), warn: apart("warn"), error: apart("error") };
  }

  markdown(source: string): void {
    this.#draw(() => {
      this.#separate();
      this.#drawing.markdown(source);
    });
  }

  /** Shows that a cell begins. */
  begin({ cell, executionCount }: RunningCell): void {
    this.#draw(() => {
      this.#separate();
      this.#drawing.input(cell.source, executionCount);
    });
  }

  /** Shows a change of a cell's outputs. An update of an earlier display is shown as a new output, because printed lines cannot change. */
  change(change: OutputChange, { executionCount }: Pick<RunningCell, "executionCount">): void {
    if (change.type === "cleared") return this.#draw(() => this.#drawing.clear());
    const { output } = change;
    const picture = this.#keepPicture(output, executionCount);
    this.#draw((path) => this.#drawing.output(output, executionCount, path), picture);
  }

  /** Shows the reason why a cell waits, after the progress. Without a reason the cell continues. */
  wait(reason?: string): void {
    this.#wait = reason;
    this.#showProgress();
  }

  /** Waits until all outputs are shown, and releases the last line for input. Returns the text on that line. */
  async releaseLine(): Promise<string> {
    await this.#waiting;
    this.#progress?.hide();
    return this.#drawing.releaseLine();
  }

  /** Shows that a cell has ended. Resolves when all its outputs are shown. */
  async end(): Promise<void> {
    this.#draw(() => this.#drawing.end());
    await this.#waiting;
  }

  /** Writes a message of the program to stderr. */
  say(line: string): void {
    this.#progress?.hide();
    this.#drawing.end();
    this.#host.writeError(`${line}\n`);
  }

  /** Writes progress as a separate line if stderr is not a terminal. */
  progressLine(text: string): void {
    if (!this.#isQuiet && this.#progress === undefined) this.say(text);
  }

  /** Removes the progress line, and stops redrawing it. */
  [Symbol.dispose](): void {
    this.#stopRedrawing();
    this.#progress?.hide();
  }

  #keepPicture(output: CellOutput, executionCount: number): Promise<string | undefined> | undefined {
    if (this.#pictures === undefined || !("data" in output) || !hasPicture(output.data)) return undefined;
    return this.#pictures.keep(output.data, executionCount);
  }

  /** Draws an output at once, or after the outputs that wait for a picture. */
  #draw(paint: (picture?: string) => void, picture?: Promise<string | undefined>): void {
    const paintAlone = (path?: string) => {
      if (this.#hidesOutputs) return;
      this.#progress?.hide();
      paint(path);
    };
    if (this.#waiting === undefined && picture === undefined) return paintAlone();
    const earlier = this.#waiting;
    const paintInTurn = async () => {
      await earlier;
      paintAlone(await picture);
    };
    const drawn = paintInTurn().then(() => {
      if (this.#waiting === drawn) this.#waiting = undefined;
    });
    this.#waiting = drawn;
  }

  /** Writes a blank line between cells on a terminal. */
  #separate(): void {
    if (this.#hasCell && this.#host.isTerminal("output")) this.#host.writeOutput("\n");
    this.#hasCell = true;
  }

  #redrawLater(): void {
    this.#stopRedrawing = this.#host.clock.setTimer(() => {
      this.#redrawLater();
      this.#showProgress();
    }, REDRAW_MS);
  }

  #showProgress(): void {
    if (this.#describe === undefined || this.#drawing.lineIsOpen) return;
    const progress = this.#describe();
    this.#progress?.show(this.#wait === undefined || progress === "" ? progress : `${progress}: ${this.#wait}`);
  }
}

function makeDrawing(host: CommandHost): CellDrawing {
  const isTerminal = host.isTerminal("output");
  const color = wantsColor({ isTerminal, environment: host.environment });
  const stdout = (text: string) => host.writeOutput(text);
  if (isTerminal) return new CellPainter(stdout, { color });
  return new PlainOutputs({ stdout, stderr: (text) => host.writeError(text), color });
}
