/**
 * Which cells a namespace has seen, so that its state can be rebuilt from a conversation and compared with one.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";

/** The cells that ran in one namespace of the running process. */
export class NamespaceHistory {
  /** In the order in which they ran, as often as they ran. */
  #ran: string[] = [];
  #isSpoilt = false;
  readonly #skipped = new Set<string>();
  #lost = false;

  /**
   * Whether a conversation is a new one in a namespace that was used before: its first cell is `In [1]`, and it has no
   * other.
   */
  startsAnew(earlier: readonly CellTurn[], cell: CellTurn): boolean {
    return earlier.length === 0 && cell.executionCount === 1 && (this.#ran.length > 0 || this.#lost);
  }

  /** Whether what has run is what these cells begin with, so that the state is what they tell once the others have run. */
  isBeginOf(earlier: readonly CellTurn[]): boolean {
    const told = earlier.map(cellIdentity).filter((cell) => !this.#skipped.has(cell));
    return !this.#isSpoilt && this.#ran.every((cell, index) => cell === told[index]);
  }

  /** Notes that a cell has run. */
  add(cell: CellTurn): void {
    this.#ran.push(cellIdentity(cell));
  }

  /** Notes that a cell was broken off while it ran again, so that no conversation tells of the state. */
  spoil(): void {
    this.#isSpoilt = true;
  }

  /** Notes that a cell must not run again when the state is rebuilt: it did not end by itself, or killed the process. */
  skip(cell: CellTurn): void {
    this.#skipped.add(cellIdentity(cell));
  }

  /** Notes that a cell may run again, as it does so now. */
  allow(cell: CellTurn): void {
    this.#skipped.delete(cellIdentity(cell));
  }

  /** Forgets everything. */
  clear(): void {
    this.forget();
    this.#skipped.clear();
    this.#lost = false;
  }

  /** Forgets what has run: the state is about to be rebuilt. */
  forget(): void {
    this.#ran = [];
    this.#isSpoilt = false;
  }

  /** Notes that the process died, and the state with it. */
  lose(): void {
    this.#lost ||= this.#ran.length > 0;
    this.forget();
  }

  /** The first of the cells that must run before the state is what the conversation says. */
  nextUnseen<Cell extends CellTurn>(earlier: readonly Cell[]): Cell | undefined {
    const runs = Map.groupBy(this.#ran, (cell) => cell);
    return earlier.find((cell) => {
      const identity = cellIdentity(cell);
      return !this.#skipped.has(identity) && runs.get(identity)?.pop() === undefined;
    });
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
  return cellIdentity(one) === cellIdentity(other);
}

/** What two turns of the same cell have in common. */
export function cellIdentity({ executionCount, code }: CellTurn): string {
  return `${executionCount}\n${code.trimEnd()}`;
}
