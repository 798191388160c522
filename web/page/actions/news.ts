/**
 * What the page says of something that was just done: aloud for a screen reader, and in sight where it was not done.
 *
 * @module
 */

/** What is said. */
export interface Message {
  text: string;
  /** Whether something was not done. */
  isProblem: boolean;
}

/** Says one thing at a time. */
export class News {
  #message: Message = { text: "", isProblem: false };
  readonly #listeners = new Set<() => void>();

  /** What was said last; the same object as long as it is. */
  get message(): Message {
    return this.#message;
  }

  /** Says that something was done. */
  say(text: string): void {
    this.#tell({ text, isProblem: false });
  }

  /** Says why something was not done. */
  complain(text: string): void {
    this.#tell({ text, isProblem: true });
  }

  /** Takes away what was said. */
  clear(): void {
    if (this.#message.text !== "") this.#tell({ text: "", isProblem: false });
  }

  /**
   * Listens to what is said.
   *
   * @returns ends it
   */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is said again reads differently to a screen reader, or it would keep silent. */
  #tell({ text, isProblem }: Message): void {
    this.#message = { text: text !== "" && text === this.#message.text ? `${text}\u00a0` : text, isProblem };
    for (const listener of this.#listeners) listener();
  }
}
