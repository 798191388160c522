/**
 * The shell that a kernel serves. It is opened for the first cell, so that the kernel answers before its model is connected.
 *
 * @module
 */

import type { InteractiveShell } from "../../shell/interactive_shell.ts";

/** A shell that is open. */
export interface OpenedShell {
  shell: InteractiveShell;
  /** The model's name. */
  model: string;
  /** A line that names the model and says that nothing is executed. */
  introduction: string;
}

/** What is known before the shell is open. */
export interface ShellPreview extends Omit<OpenedShell, "shell"> {
  /** The `n` of the first cell. */
  executionCount: number;
}

/** A shell, open or not yet. */
export class ServedShell {
  readonly #preview: ShellPreview;
  readonly #open: () => Promise<OpenedShell>;
  #opening: Promise<OpenedShell> | undefined;
  #opened: OpenedShell | undefined;

  /**
   * @param preview what is known before it is open
   * @param open opens it
   */
  constructor(preview: ShellPreview, open: () => Promise<OpenedShell>) {
    this.#preview = preview;
    this.#open = open;
  }

  /** The model's name, as far as it is known. */
  get model(): string {
    return (this.#opened ?? this.#preview).model;
  }

  /** A line that names the model. */
  get introduction(): string {
    return (this.#opened ?? this.#preview).introduction;
  }

  /** The `n` of the next cell. */
  get executionCount(): number {
    return this.#opened?.shell.executionCount ?? this.#preview.executionCount;
  }

  /** Opens the shell, unless it is open. A failure is not remembered: the next cell tries again. */
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
