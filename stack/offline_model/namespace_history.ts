/**
 * Which cells a namespace has seen, so that its state can be rebuilt from a conversation.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";

/** The cells that ran in one namespace of the running process. */
export class NamespaceHistory {
  readonly #seen = new Set<string>();
  readonly #skipped = new Set<string>();
  #lost = false;

  /**
   * Whether a conversation is a new one in a namespace that was used before: its first cell is `In [1]`, and it has no
   * other.
   */
  startsAnew(earlier: readonly CellTurn[], cell: CellTurn): boolean {
    return earlier.length === 0 && cell.executionCount === 1 && (this.#seen.size > 0 || this.#lost);
  }

  /** Notes that a cell has run. */
  add(cell: CellTurn): void {
    this.#seen.add(identity(cell));
  }

  /** Notes that a cell must not run again when the state is rebuilt: it did not end by itself, or killed the process. */
  skip(cell: CellTurn): void {
    this.#skipped.add(identity(cell));
  }

  /** Forgets everything. */
  clear(): void {
    this.#seen.clear();
    this.#skipped.clear();
    this.#lost = false;
  }

  /** Notes that the process died, and the state with it. */
  lose(): void {
    this.#lost ||= this.#seen.size > 0;
    this.#seen.clear();
  }

  /** The first of the cells that must run before the state is what the conversation says. */
  nextUnseen(earlier: readonly CellTurn[]): CellTurn | undefined {
    return earlier.find((cell) => !this.#seen.has(identity(cell)) && !this.#skipped.has(identity(cell)));
  }

  /**
   * What the user is told, once, after the state was lost.
   *
   * @param replayed how many cells were run again to rebuild it
   */
  takeLossNotice(replayed: number): string | undefined {
    if (!this.#lost) return undefined;
    this.#lost = false;
    const rebuilt = replayed === 0
      ? "Run the cells that it needs again."
      : replayed === 1
      ? "The cell before this one was run again."
      : `The ${replayed} cells before this one were run again.`;
    return `The offline model's Python was restarted and its state was lost. ${rebuilt}\n`;
  }
}

/** Whether two turns are of the same cell. Line ends behind the code do not count, which get lost where turns are joined. */
export function isSameCell(one: CellTurn, other: CellTurn): boolean {
  return identity(one) === identity(other);
}

function identity({ executionCount, code }: CellTurn): string {
  return `${executionCount}\n${code.trimEnd()}`;
}
