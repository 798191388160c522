/**
 * Which cells show the numbers of their lines.
 *
 * @module
 */

/** Set in the browser while all cells show them. */
const KEY = "aipython.line-numbers";

/** Whether cells show them, and which cells do otherwise. */
export interface Numbering {
  readonly isOn: boolean;
  readonly others: ReadonlySet<string>;
}

/** Whether a cell shows them. */
export function isNumbered({ isOn, others }: Numbering, cellId: string): boolean {
  return isOn !== others.has(cellId);
}

/** Keeps it: for all cells in the browser, for one of them as long as the page is open. */
export class LineNumbers {
  #numbering: Numbering = { isOn: localStorage.getItem(KEY) !== null, others: new Set() };
  readonly #listeners = new Set<() => void>();

  /** How it is; the same object as long as it is so. */
  get numbering(): Numbering {
    return this.#numbering;
  }

  /**
   * Shows the numbers of these cells, or hides them where all of the cells show them.
   *
   * @returns whether they are shown
   */
  toggle(ids: readonly string[]): boolean {
    const { isOn } = this.#numbering;
    const willShow = !ids.every((id) => isNumbered(this.#numbering, id));
    const others = new Set(this.#numbering.others);
    for (const id of ids) {
      if (willShow === isOn) others.delete(id);
      else others.add(id);
    }
    this.#become({ isOn, others });
    return willShow;
  }

  /**
   * Shows the numbers of all cells, or hides them.
   *
   * @returns whether they are shown
   */
  toggleAll(): boolean {
    const isOn = !this.#numbering.isOn;
    if (isOn) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
    this.#become({ isOn, others: new Set() });
    return isOn;
  }

  /**
   * Listens to changes.
   *
   * @returns ends it
   */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #become(numbering: Numbering): void {
    this.#numbering = numbering;
    for (const listener of this.#listeners) listener();
  }
}
