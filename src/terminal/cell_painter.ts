/**
 * Draws cells and their outputs in a terminal, as they arrive.
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

export interface CellPainterOptions {
  /** Whether to use colours, and to keep those in outputs. */
  color: boolean;
}

/**
 * Draws the content of a notebook as text. Of the control sequences in outputs, only colours reach the writer.
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
  /** The current stream, with its filter. */
  #stream: { name: StreamName; filter: ControlFilter } | undefined;
  /** The text of the last line, if it has no newline yet. */
  #openLine = "";

  /** @param write writes the text, in pieces */
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

  /** Draws a markdown cell: its headings are bold, the rest is unchanged. */
  markdown(source: string): void {
    this.end();
    const lines = withoutControls(source).split(/\r\n|\r|\n/);
    this.#writeLine(
      lines.map((line) => /^#{1,6} /.test(line) ? this.#style.paint("bold", line.replace(/^#+ +/, "")) : line).join(
        "\n",
      ),
    );
  }

  /** Draws a cell's source: `In [3]: ...`. Without a count the cell has not been run. */
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

  /** Erases the open line, as IPython's `clear_output` does in a terminal. Complete lines stay. */
  clear(): void {
    if (this.lineIsOpen) this.#write(ERASE_LINE);
    this.#openLine = "";
  }

  /** Writes a message of the program on a separate line. */
  note(text: string): void {
    this.end();
    this.#writeLine(this.#style.paint("dim", withoutControls(text).replace(/\r/g, "")));
  }

  /** Ends a stream's colours and an open line. */
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
    // A traceback that has colours keeps them.
    this.#writeLine(safe.includes("\x1b") ? safe + this.#style.close() : this.#style.paint("red", safe));
  }

  /** Filters foreign text, and resets its colours at the end. */
  #foreign(text: string): string {
    const safe = withoutControls(text, this.#color);
    return safe.includes("\x1b") ? safe + this.#style.close() : safe;
  }

  #writeLine(text: string): void {
    this.#write(text.endsWith("\n") ? text : `${text}\n`);
  }
}
