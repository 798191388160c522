/**
 * Finds the new outputs of a cell after each change, for a screen that can only append.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";

export interface IdentifiedOutput {
  id: string;
  output: CellOutput;
  /** The output's picture, in words. */
  picture?: string;
}

/** The receiver of the changes. */
export interface OutputNews {
  /** An output has appeared, or a stream has grown by this text. */
  onOutput(output: CellOutput, picture?: string): void;
  /** Outputs that were reported have been removed or have changed. Their replacements follow. */
  onReplaced(): void;
}

export class OutputFollower {
  readonly #news: OutputNews;
  #known = new Map<string, IdentifiedOutput>();

  constructor(news: OutputNews) {
    this.#news = news;
  }

  /**
   * Reports the changes since the last call.
   *
   * @param outputs all outputs of the cell as they are now, in order
   */
  update(outputs: readonly IdentifiedOutput[]): void {
    const now = new Map(outputs.map((output) => [output.id, output]));
    const fresh: Omit<IdentifiedOutput, "id">[] = [];
    let replaced = [...this.#known.keys()].some((id) => !now.has(id));
    for (const [id, output] of now) {
      const before = this.#known.get(id);
      const addition = before === undefined ? output.output : grownBy(before, output);
      if (addition === undefined) replaced = true;
      fresh.push(...(addition === undefined ? [output] : isEmpty(addition) ? [] : [{ ...output, output: addition }]));
    }
    this.#known = now;
    if (replaced) this.#news.onReplaced();
    for (const { output, picture } of fresh) this.#news.onOutput(output, picture);
  }
}

/**
 * Returns the text that was appended to an output: an empty stream if nothing changed, `undefined` if the output was
 * replaced.
 */
function grownBy(earlier: IdentifiedOutput, later: IdentifiedOutput): CellOutput | undefined {
  const [before, now] = [earlier.output, later.output];
  if (before.type === "stream" && now.type === "stream" && before.name === now.name) {
    return now.text.startsWith(before.text) ? { ...now, text: now.text.slice(before.text.length) } : undefined;
  }
  if (earlier.picture !== later.picture) return undefined;
  return JSON.stringify(before) === JSON.stringify(now) ? { type: "stream", name: "stdout", text: "" } : undefined;
}

function isEmpty(output: CellOutput): boolean {
  return output.type === "stream" && output.text === "";
}
