/**
 * Shows cells: outputs while they arrive, and on a terminal the sources and the progress.
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
import type { CellUnderWay } from "../../shell/notebook_run.ts";
import type { CellDrawing } from "../../terminal/cell_drawing.ts";
import { CellPainter } from "../../terminal/cell_painter.ts";
import { PlainOutputs } from "../../terminal/plain_outputs.ts";
import { ProgressLine } from "../../terminal/progress_line.ts";
import { wantsColor } from "../../terminal/style.ts";
import type { CommandHost } from "../host/command_host.ts";
import type { ShellPictures } from "./shell_pictures.ts";

/** How often the progress line is redrawn, in milliseconds: it shows tenths of a second. */
const REDRAW_MS = 100;

/** The options of a display. */
export interface ShellDisplayOptions {
  /** The process. */
  host: CommandHost;
  /** Whether to show neither outputs nor progress. */
  isQuiet: boolean;
  /** Whether to show no outputs, because stdout is for something else. Default: false. */
  hidesOutputs?: boolean;
  /** Keeps pictures as files. Default: pictures are not kept. */
  pictures?: ShellPictures;
}

/** Shows cells on stdout and stderr. */
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
  /** Resolves when the outputs that wait for a picture are shown; absent while none waits. */
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

  /** Shows a markdown cell. */
  markdown(source: string): void {
    this.#draw(() => {
      this.#separate();
      this.#drawing.markdown(source);
    });
  }

  /** Shows that a cell begins. */
  begin({ cell, executionCount }: CellUnderWay): void {
    this.#draw(() => {
      this.#separate();
      this.#drawing.input(cell.source, executionCount);
    });
  }

  /** Shows a change of a cell's outputs. An update of an earlier display is shown as a new output, because a terminal cannot go back. */
  change(change: OutputChange, { executionCount }: Pick<CellUnderWay, "executionCount">): void {
    if (change.type === "cleared") return this.#draw(() => this.#drawing.clear());
    const { output } = change;
    const picture = this.#keepPicture(output, executionCount);
    this.#draw((path) => this.#drawing.output(output, executionCount, path), picture);
  }

  /** Shows why a cell waits, beside the progress; without a reason that it goes on. */
  wait(reason?: string): void {
    this.#wait = reason;
    this.#showProgress();
  }

  /** Leaves the last line to the person, once all outputs are shown; returns what stands on it. */
  async releaseLine(): Promise<string> {
    await this.#waiting;
    this.#progress?.hide();
    return this.#drawing.releaseLine();
  }

  /** Shows that a cell has ended; resolves when all its outputs are shown. */
  async end(): Promise<void> {
    this.#draw(() => this.#drawing.end());
    await this.#waiting;
  }

  /** Writes a line of the program's own to stderr. */
  say(line: string): void {
    this.#progress?.hide();
    this.#drawing.end();
    this.#host.writeError(`${line}\n`);
  }

  /** Writes progress as a line of its own, where stderr is not a terminal. */
  progressLine(text: string): void {
    if (!this.#isQuiet && this.#progress === undefined) this.say(text);
  }

  /** Removes the progress line permanently. */
  [Symbol.dispose](): void {
    this.#stopRedrawing();
    this.#progress?.hide();
  }

  #keepPicture(output: CellOutput, executionCount: number): Promise<string | undefined> | undefined {
    if (this.#pictures === undefined || !("data" in output) || !hasPicture(output.data)) return undefined;
    return this.#pictures.keep(output.data, executionCount);
  }

  /** Draws at once, or after the outputs that wait for a picture. */
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
