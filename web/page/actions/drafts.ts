/**
 * What has been typed and is not in the notebook yet: a letter each would make a long log.
 *
 * @module
 */

/** How long after the last letter a text goes into the notebook, in milliseconds. */
const PAUSE_MS = 300;

/** The texts of cells that are being typed. */
export class Drafts {
  readonly #commit: (cellId: string, source: string) => void;
  readonly #texts = new Map<string, string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param commit puts a text into the notebook */
  constructor(commit: (cellId: string, source: string) => void) {
    this.#commit = commit;
  }

  /** A cell's text has been changed by hand. */
  type(cellId: string, source: string): void {
    this.#texts.set(cellId, source);
    clearTimeout(this.#timers.get(cellId));
    this.#timers.set(cellId, setTimeout(() => this.flush(cellId), PAUSE_MS));
  }

  /** A cell's text as it was typed last, if the notebook does not have it yet. */
  read(cellId: string): string | undefined {
    return this.#texts.get(cellId);
  }

  /** Takes a text away: whoever asks puts it into the notebook. */
  take(cellId: string): string | undefined {
    const source = this.#texts.get(cellId);
    this.#texts.delete(cellId);
    clearTimeout(this.#timers.get(cellId));
    this.#timers.delete(cellId);
    return source;
  }

  /** Puts a cell's text into the notebook now. */
  flush(cellId: string): void {
    const source = this.take(cellId);
    if (source !== undefined) this.#commit(cellId, source);
  }

  /** Puts all texts into the notebook now. */
  flushAll(): void {
    for (const cellId of [...this.#texts.keys()]) this.flush(cellId);
  }
}
