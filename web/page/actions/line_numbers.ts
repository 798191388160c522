/**
 * Which cells show line numbers.
 *
 * @module
 */

/** The key that is set in the browser while all cells show line numbers. */
const KEY = "aipython.line-numbers";

/** The setting for all cells, and the cells that differ from it. */
export interface Numbering {
  readonly isOn: boolean;
  readonly others: ReadonlySet<string>;
}

export function isNumbered({ isOn, others }: Numbering, cellId: string): boolean {
  return isOn !== others.has(cellId);
}

/** Stores the setting: that for all cells in the browser, that for one cell until the page is closed. */
export class LineNumbers {
  #numbering: Numbering = { isOn: localStorage.getItem(KEY) !== null, others: new Set() };
  readonly #listeners = new Set<() => void>();

  /** The same object until the setting changes. */
  get numbering(): Numbering {
    return this.#numbering;
  }

  /**
   * Shows line numbers in these cells, or hides them if all of the cells show them.
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
   * Shows or hides line numbers in all cells.
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

  /** @returns stops the calls */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #become(numbering: Numbering): void {
    this.#numbering = numbering;
    for (const listener of this.#listeners) listener();
  }
}
