/**
 * Announces the outcome of an action: to screen readers, and visibly if it failed.
 *
 * @module
 */

export interface Message {
  text: string;
  isProblem: boolean;
}

/** Announces one message at a time. */
export class News {
  #message: Message = { text: "", isProblem: false };
  readonly #listeners = new Set<() => void>();

  /** The last message; the same object until it changes. */
  get message(): Message {
    return this.#message;
  }

  /** Announces that something was done. */
  say(text: string): void {
    this.#announce({ text, isProblem: false });
  }

  /** Announces why something was not done. */
  complain(text: string): void {
    this.#announce({ text, isProblem: true });
  }

  clear(): void {
    if (this.#message.text !== "") this.#announce({ text: "", isProblem: false });
  }

  /** @returns stops the calls */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes a message that is repeated slightly, because a screen reader would ignore the same text. */
  #announce({ text, isProblem }: Message): void {
    this.#message = { text: text !== "" && text === this.#message.text ? `${text}\u00a0` : text, isProblem };
    for (const listener of this.#listeners) listener();
  }
}
