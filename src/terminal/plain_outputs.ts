/**
 * Writes cells' outputs for pipes and files: the code's stdout and values to stdout, everything else to stderr.
 *
 * @module
 */

import type { CellOutput, ErrorOutput } from "../execution/cell_output.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { bundleText } from "./bundle_text.ts";
import type { CellDrawing } from "./cell_drawing.ts";
import { ControlFilter, withoutControls } from "./control_filter.ts";

export interface PlainOutputsOptions {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Whether to keep colours in outputs. All other control sequences are removed. */
  color: boolean;
}

/** Writes outputs without prompts, sources and notes: streams as Python would write them, values and displays on separate lines. */
export class PlainOutputs implements CellDrawing {
  readonly #color: boolean;
  readonly #stdout: OpenLine;
  readonly #stderr: OpenLine;

  constructor({ stdout, stderr, color }: PlainOutputsOptions) {
    this.#color = color;
    this.#stdout = new OpenLine(stdout, color);
    this.#stderr = new OpenLine(stderr, color);
  }

  get lineIsOpen(): boolean {
    return this.#stderr.isOpen;
  }

  /** Ends the open line, because nobody can continue it in a pipe. */
  releaseLine(): string {
    this.end();
    return "";
  }

  markdown(): void {}

  input(): void {}

  output(output: CellOutput, _executionCount?: number, picture?: string): void {
    switch (output.type) {
      case "stream":
        return (output.name === "stdout" ? this.#stdout : this.#stderr).piece(output.text);
      case "execute_result":
      case "display_data":
        return this.#bundle(output.data, picture);
      case "error":
        return this.#error(output);
    }
  }

  clear(): void {}

  /** Ends the open line only on stderr. An open line on stdout continues in the next cell, as in a script. */
  end(): void {
    this.#stderr.end();
  }

  #bundle(data: MimeBundle, picture: string | undefined): void {
    const { text, notes } = bundleText(data, picture);
    const whatIsSaved = picture === undefined ? [] : notes.slice(0, 1);
    const parts = [...text === undefined ? [] : [text], ...whatIsSaved];
    this.#stdout.line(withoutControls(parts.join(" "), this.#color));
  }

  #error({ ename, evalue, traceback }: ErrorOutput): void {
    const headline = evalue === "" ? ename : `${ename}: ${evalue}`;
    this.#stderr.line(withoutControls(traceback.length > 0 ? traceback.join("\n") : headline, this.#color));
  }
}

/** A stream whose last line may not have a newline yet. */
class OpenLine {
  readonly #write: (text: string) => void;
  readonly #filter: ControlFilter;
  isOpen = false;

  constructor(write: (text: string) => void, color: boolean) {
    this.#write = write;
    this.#filter = new ControlFilter(color);
  }

  /** Writes the next piece of a text. */
  piece(text: string): void {
    const safe = this.#filter.filter(text);
    if (safe === "") return;
    this.#write(safe);
    this.isOpen = !safe.endsWith("\n");
  }

  /** Writes a text on separate lines. */
  line(text: string): void {
    if (text === "") return;
    this.end();
    this.#write(text.endsWith("\n") ? text : `${text}\n`);
  }

  end(): void {
    if (this.isOpen) this.#write("\n");
    this.isOpen = false;
  }
}
