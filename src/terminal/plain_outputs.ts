/**
 * Writes cells' outputs for pipes and files: to stdout what the code writes there and its values, to stderr the rest.
 *
 * @module
 */

import type { CellOutput, ErrorOutput } from "../execution/cell_output.ts";
import type { MimeBundle } from "../media/mime_bundle.ts";
import { bundleText } from "./bundle_text.ts";
import type { CellDrawing } from "./cell_drawing.ts";
import { ControlFilter, withoutControls } from "./control_filter.ts";

/** Where outputs go. */
export interface PlainOutputsOptions {
  /** Takes what belongs on stdout, in pieces. */
  stdout(text: string): void;
  /** Takes what belongs on stderr, in pieces. */
  stderr(text: string): void;
  /** Whether colours in outputs pass. No other control sequence does. */
  color: boolean;
}

/** Writes outputs without prompts, sources and remarks: streams as Python would write them, values and displays as a text of their own. */
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

  /** There is no person at a pipe who could go on. */
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

  /** On stderr alone: a line that is open on stdout goes on in the next cell, as it would in a script. */
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

/** A stream whose last line may have no end yet. */
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

  /** Writes a text that begins and ends a line. */
  line(text: string): void {
    if (text === "") return;
    this.end();
    this.#write(text.endsWith("\n") ? text : `${text}\n`);
  }

  /** Ends the open line. */
  end(): void {
    if (this.isOpen) this.#write("\n");
    this.isOpen = false;
  }
}
