/**
 * Records which cells a namespace has run, to compare its state with a conversation and rebuild it from one.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";

/** The cells that ran in one namespace of the running process. */
export class NamespaceHistory {
  /** Cells in the order in which they ran, as often as they ran. */
  #ran: string[] = [];
  #isSpoilt = false;
  readonly #skipped = new Set<string>();
  #lost = false;

  /**
   * Whether a conversation is new in a namespace that was used before: its only cell is `In [1]`.
   */
  isNewConversation(earlier: readonly CellTurn[], cell: CellTurn): boolean {
    return earlier.length === 0 && cell.executionCount === 1 && (this.#ran.length > 0 || this.#lost);
  }

  /**
   * Whether the cells that have run are the first ones of these. Once the others have run too, the state is that of
   * the conversation.
   */
  isBeginOf(earlier: readonly CellTurn[]): boolean {
    const identities = earlier.map(cellIdentity).filter((cell) => !this.#skipped.has(cell));
    return !this.#isSpoilt && this.#ran.every((cell, index) => cell === identities[index]);
  }

  add(cell: CellTurn): void {
    this.#ran.push(cellIdentity(cell));
  }

  /** Records that a cell was interrupted while it ran again. The state then fits no conversation. */
  spoil(): void {
    this.#isSpoilt = true;
  }

  /** Excludes a cell from rebuilding the state: it did not end by itself, or it killed the process. */
  skip(cell: CellTurn): void {
    this.#skipped.add(cellIdentity(cell));
  }

  /** Includes a cell again, because it is running now. */
  allow(cell: CellTurn): void {
    this.#skipped.delete(cellIdentity(cell));
  }

  clear(): void {
    this.forget();
    this.#skipped.clear();
    this.#lost = false;
  }

  /** Forgets what has run, because the state is about to be rebuilt. */
  forget(): void {
    this.#ran = [];
    this.#isSpoilt = false;
  }

  /** Records that the process died and the state is lost. */
  lose(): void {
    this.#lost ||= this.#ran.length > 0;
    this.forget();
  }

  /** Returns the first cell that must still run to bring the state to that of the conversation. */
  nextUnseen<Cell extends CellTurn>(earlier: readonly Cell[]): Cell | undefined {
    const runs = Map.groupBy(this.#ran, (cell) => cell);
    return earlier.find((cell) => {
      const identity = cellIdentity(cell);
      return !this.#skipped.has(identity) && runs.get(identity)?.pop() === undefined;
    });
  }

  /**
   * Returns the message to the user after the state was lost. It is returned once.
   *
   * @param replayed how many cells were run again to rebuild the state
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

/**
 * Whether two turns are of the same cell. Newlines after the code do not count: they get lost where turns are joined.
 */
export function isSameCell(one: CellTurn, other: CellTurn): boolean {
  return cellIdentity(one) === cellIdentity(other);
}

/** Returns a text that is equal for all turns of the same cell. */
export function cellIdentity({ executionCount, code }: CellTurn): string {
  return `${executionCount}\n${code.trimEnd()}`;
}
