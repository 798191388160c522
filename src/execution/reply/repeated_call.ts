/**
 * Notices a model that makes the call again that it has just made.
 *
 * @module
 */

/** A call that was carried out. */
export interface MadeCall {
  /** The tool's name. */
  name: string;
  /** Its arguments. */
  args: { [key: string]: unknown };
}

/** Compares the first call of a reply, while it is written, with the last one of the reply before. */
export class RepeatedCall {
  readonly #made: MadeCall | undefined;

  /** @param made the last call of the reply before; without one nothing is a repetition */
  constructor(made?: MadeCall) {
    this.#made = made;
  }

  /** Whether a call may still turn out to be the same: of the same tool, with a text that begins alike. */
  isPossible(name: string, text: string): boolean {
    if (this.#made?.name !== name) return false;
    const { text: made } = this.#made.args;
    return typeof made !== "string" || made.startsWith(text);
  }

  /** Whether a complete call is the same. */
  is(name: string, args: MadeCall["args"]): boolean {
    return this.#made?.name === name && JSON.stringify(this.#made.args) === JSON.stringify(args);
  }
}
