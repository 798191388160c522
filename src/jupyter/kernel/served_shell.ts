/**
 * The shell of a kernel. It is opened for the first cell, so that the kernel can answer requests before its model is connected.
 *
 * @module
 */

import type { InteractiveShell } from "../../shell/interactive_shell.ts";

export interface OpenedShell {
  shell: InteractiveShell;
  model: string;
  /** A line that names the model and says that no code is executed. */
  introduction: string;
}

/** The information that is available before the shell is open. */
export interface ShellPreview extends Omit<OpenedShell, "shell"> {
  /** The `n` of the first cell. */
  executionCount: number;
}

export class ServedShell {
  readonly #preview: ShellPreview;
  readonly #open: () => Promise<OpenedShell>;
  #opening: Promise<OpenedShell> | undefined;
  #opened: OpenedShell | undefined;

  constructor(preview: ShellPreview, open: () => Promise<OpenedShell>) {
    this.#preview = preview;
    this.#open = open;
  }

  /** The model's name. It may change when the shell is opened. */
  get model(): string {
    return (this.#opened ?? this.#preview).model;
  }

  /** A line that names the model. It may change when the shell is opened. */
  get introduction(): string {
    return (this.#opened ?? this.#preview).introduction;
  }

  /** The `n` of the next cell. */
  get executionCount(): number {
    return this.#opened?.shell.executionCount ?? this.#preview.executionCount;
  }

  /** Opens the shell if it is not open. After a failure, the next call tries again. */
  open(): Promise<OpenedShell> {
    this.#opening ??= this.#openNow();
    return this.#opening;
  }

  async #openNow(): Promise<OpenedShell> {
    try {
      this.#opened = await this.#open();
      return this.#opened;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }
}
