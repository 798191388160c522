/**
 * What one sees of a run: outputs while they arrive, and on a terminal the cells' sources and how far things are.
 *
 * A terminal gets everything that a notebook would show. A pipe or a file gets on stdout what the code writes there, values and
 * displays, and on stderr what the code writes there and tracebacks, so that `aipython run x.py > x.txt` holds what Python would print.
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

/** How often the progress line is drawn anew, in milliseconds: the tenths of a second that it tells shall not seem to stand. */
const REDRAW_MS = 100;

/** What a display depends on. */
export interface ShellDisplayOptions {
  /** The process. */
  host: CommandHost;
  /** Draws neither outputs nor progress. */
  isQuiet: boolean;
  /** Keeps pictures as files; absent where they are not wanted. */
  pictures?: ShellPictures;
}

/** Shows a run on stdout and stderr. */
export class ShellDisplay implements Disposable {
  readonly #host: CommandHost;
  readonly #isQuiet: boolean;
  readonly #pictures: ShellPictures | undefined;
  readonly #drawing: CellDrawing;
  readonly #progress: ProgressLine | undefined;
  #describe: (() => string) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What waits for a picture; outputs after it wait too. Absent while nothing waits. */
  #waiting: Promise<void> | undefined;
  #hasCell = false;

  constructor({ host, isQuiet, pictures }: ShellDisplayOptions) {
    this.#host = host;
    this.#isQuiet = isQuiet;
    this.#pictures = pictures;
    this.#drawing = makeDrawing(host);
    if (isQuiet || !host.isTerminal("error")) return;
    this.#progress = new ProgressLine((text) => host.writeError(text), () => host.columns());
    this.#timer = setInterval(() => this.#showProgress(), REDRAW_MS);
  }

  /** Says from now on how far things are, wherever there is a terminal to say it on. */
  track(describe: () => string): void {
    this.#describe = describe;
    this.#showProgress();
  }

  /** A logger whose lines do not run into what is being shown. */
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

  /** Shows a change of a cell's outputs; one of an earlier display is shown as a new one, because a terminal only goes on. */
  change(change: OutputChange, { executionCount }: Pick<CellUnderWay, "executionCount">): void {
    if (change.type === "cleared") return this.#draw(() => this.#drawing.clear());
    const { output } = change;
    const picture = this.#keepPicture(output, executionCount);
    this.#draw((path) => this.#drawing.output(output, executionCount, path), picture);
  }

  /** Shows that a cell has ended; resolves when all of it has been shown. */
  async end(): Promise<void> {
    this.#draw(() => this.#drawing.end());
    await this.#waiting;
  }

  /** Writes a line of our own to stderr. */
  say(line: string): void {
    this.#progress?.hide();
    this.#drawing.end();
    this.#host.writeError(`${line}\n`);
  }

  /** Takes the progress line away, for good. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#progress?.hide();
  }

  #keepPicture(output: CellOutput, executionCount: number): Promise<string | undefined> | undefined {
    if (this.#pictures === undefined || !("data" in output) || !hasPicture(output.data)) return undefined;
    return this.#pictures.keep(output.data, executionCount);
  }

  /** Draws at once, or after what waits for a picture. */
  #draw(paint: (picture?: string) => void, picture?: Promise<string | undefined>): void {
    const paintAlone = (path?: string) => {
      if (this.#isQuiet) return;
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

  /** A blank line between cells, for people. */
  #separate(): void {
    if (this.#hasCell && this.#host.isTerminal("output")) this.#host.writeOutput("\n");
    this.#hasCell = true;
  }

  #showProgress(): void {
    if (this.#describe === undefined || this.#drawing.lineIsOpen) return;
    this.#progress?.show(this.#describe());
  }
}

function makeDrawing(host: CommandHost): CellDrawing {
  const isTerminal = host.isTerminal("output");
  const color = wantsColor({ isTerminal, environment: host.environment });
  const stdout = (text: string) => host.writeOutput(text);
  if (isTerminal) return new CellPainter(stdout, { color });
  return new PlainOutputs({ stdout, stderr: (text) => host.writeError(text), color });
}
