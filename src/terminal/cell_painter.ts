/**
 * Draws cells and their outputs in a terminal, while they arrive.
 *
 * @module
 */

import type { CellOutput, ErrorOutput } from "../execution/cell_output.ts";
import type { StreamName } from "../execution/execution_context.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { highlightPython } from "../python/highlight_python.ts";
import { bundleText } from "./bundle_text.ts";
import type { CellDrawing } from "./cell_drawing.ts";
import { codePalette } from "./code_palette.ts";
import { ControlFilter, withoutControls } from "./control_filter.ts";
import { ERASE_LINE } from "./progress_line.ts";
import { Style } from "./style.ts";

/** How to draw. */
export interface CellPainterOptions {
  /** Whether to use colours; also whether those in outputs pass. */
  color: boolean;
}

/**
 * Draws what a notebook shows, as text. Whatever an output holds, no control sequence but colours reaches the writer.
 *
 * ```ts
 * const painter = new CellPainter((text) => Deno.stdout.writeSync(new TextEncoder().encode(text)), { color: true });
 * painter.input("print('a')", 1);
 * painter.output({ type: "stream", name: "stdout", text: "a\n" }, 1);
 * painter.end();
 * ```
 */
export class CellPainter implements CellDrawing {
  readonly #write: (text: string) => void;
  readonly #color: boolean;
  readonly #style: Style;
  /** The stream that is being written, with what filters it. */
  #stream: { name: StreamName; filter: ControlFilter } | undefined;
  /** The last line, as long as it has no end. */
  #openLine = "";

  /** @param write takes the finished text, in pieces */
  constructor(write: (text: string) => void, { color }: CellPainterOptions) {
    this.#write = write;
    this.#color = color;
    this.#style = new Style(color);
  }

  get lineIsOpen(): boolean {
    return this.#openLine !== "";
  }

  releaseLine(): string {
    if (this.#stream !== undefined) this.#write(this.#style.close());
    this.#stream = undefined;
    const line = this.#openLine;
    this.#openLine = "";
    return withoutControls(line.slice(line.lastIndexOf("\r") + 1));
  }

  /** Draws a markdown cell: its headings stand out, the rest is as written. */
  markdown(source: string): void {
    this.end();
    const lines = withoutControls(source).split(/\r\n|\r|\n/);
    this.#writeLine(
      lines.map((line) => /^#{1,6} /.test(line) ? this.#style.paint("bold", line.replace(/^#+ +/, "")) : line).join(
        "\n",
      ),
    );
  }

  /** Draws a cell's source: `In [3]: ...`; absent count = it has not been run. */
  input(code: string, executionCount?: number): void {
    this.end();
    const prompt = `In [${executionCount ?? " "}]: `;
    const continuation = "...: ".padStart(prompt.length);
    const source = withoutControls(code).replace(/\r\n?/g, "\n");
    const [first, ...rest] = highlightPython(source, codePalette(this.#style)).split("\n");
    const further = rest.map((line) =>
      this.#style.paint("dim", line === "" ? continuation.trimEnd() : continuation) + line
    );
    this.#writeLine([this.#style.paint("green", prompt) + first, ...further].join("\n"));
  }

  /**
   * Draws an output, or the next piece of a stream.
   *
   * @param picture where the output's picture can be seen: the path of a file
   */
  output(output: CellOutput, executionCount?: number, picture?: string): void {
    switch (output.type) {
      case "stream":
        return this.#streamPiece(output.name, output.text);
      case "execute_result":
        return this.#bundle(output.data, `Out[${executionCount ?? " "}]: `, picture);
      case "display_data":
        return this.#bundle(output.data, "", picture);
      case "error":
        return this.#error(output);
    }
  }

  /** Erases the open line, as IPython's `clear_output` does in a terminal; complete lines stay. */
  clear(): void {
    if (this.lineIsOpen) this.#write(ERASE_LINE);
    this.#openLine = "";
  }

  /** Writes a remark of our own on a line of its own. */
  note(text: string): void {
    this.end();
    this.#writeLine(this.#style.paint("dim", withoutControls(text).replace(/\r/g, "")));
  }

  /** Ends what is open: a stream's colours, a line without newline. */
  end(): void {
    if (this.#stream !== undefined) this.#write(this.#style.close());
    this.#stream = undefined;
    if (this.lineIsOpen) this.#write("\n");
    this.#openLine = "";
  }

  #streamPiece(name: StreamName, text: string): void {
    if (this.#stream?.name !== name) {
      this.end();
      this.#stream = { name, filter: new ControlFilter(this.#color) };
      if (name === "stderr") this.#write(this.#style.open("yellow"));
    }
    const safe = this.#stream.filter.filter(text);
    if (safe === "") return;
    this.#write(safe);
    const lineStart = safe.lastIndexOf("\n") + 1;
    this.#openLine = lineStart === 0 ? this.#openLine + safe : safe.slice(lineStart);
  }

  #bundle(data: MimeBundle, prompt: string, picture: string | undefined): void {
    this.end();
    const { text, notes } = bundleText(data, picture);
    const safe = text === undefined ? "" : this.#foreign(text);
    const remarks = notes.map((note) => this.#style.paint("dim", withoutControls(note).replace(/[\r\n]/g, " "))).join(
      " ",
    );
    // As in IPython, a value of several lines begins below its prompt, so that its columns stay aligned.
    const gap = prompt !== "" && safe.includes("\n") ? "\n" : "";
    const between = safe === "" || remarks === "" ? "" : safe.includes("\n") ? "\n" : " ";
    this.#writeLine(this.#style.paint("cyan", prompt) + gap + safe + between + remarks);
  }

  #error({ ename, evalue, traceback }: ErrorOutput): void {
    this.end();
    const headline = evalue === "" ? ename : `${ename}: ${evalue}`;
    const lines = traceback.length > 0 ? traceback.join("\n") : headline;
    const safe = withoutControls(lines, this.#color);
    // A traceback with colours of its own keeps them.
    this.#writeLine(safe.includes("\x1b") ? safe + this.#style.close() : this.#style.paint("red", safe));
  }

  /** Foreign text; whatever colours it leaves on end with it. */
  #foreign(text: string): string {
    const safe = withoutControls(text, this.#color);
    return safe.includes("\x1b") ? safe + this.#style.close() : safe;
  }

  #writeLine(text: string): void {
    this.#write(text.endsWith("\n") ? text : `${text}\n`);
  }
}
