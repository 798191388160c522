/**
 * Counts the output of a cell and enforces its limits.
 *
 * @module
 */

import type { MimeBundle } from "../media/mime_bundle.ts";

/**
 * The number of displays of a cell. Each is an event in the notebook's log and takes about 4 milliseconds, whatever its size.
 * JupyterLab shows 50 outputs of a cell, and the others on demand.
 */
const MAX_DISPLAYS = 1_000;

export class OutputLimit {
  readonly #maxCharacters: number;
  #shown = 0;
  #displays = 0;
  #reached: string | undefined;

  /** @param maxCharacters the number of characters that may be shown; 0 is no limit */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** The limit, if output was left out because of it: `1,000 displays`. */
  get reached(): string | undefined {
    return this.#reached;
  }

  /** The number of counted characters. Bundles count as JSON. */
  get shown(): number {
    return this.#shown;
  }

  /** Counts a text. Returns the part that may be shown. */
  take(text: string): string {
    const room = this.#room;
    this.#count(text.length);
    return text.length > room ? text.slice(0, room).toWellFormed() : text;
  }

  /** Counts a bundle. Returns whether it may be shown. */
  fits(data: MimeBundle): boolean {
    this.#count(JSON.stringify(data).length);
    return this.#reached === undefined;
  }

  /** Counts a display. Returns whether it may be shown. */
  fitsDisplay(data: MimeBundle): boolean {
    if (this.#displays++ === MAX_DISPLAYS) this.#reached = `${MAX_DISPLAYS.toLocaleString("en-US")} displays`;
    return this.#reached === undefined && this.fits(data);
  }

  get #room(): number {
    return this.#maxCharacters === 0 ? Infinity : this.#maxCharacters - this.#shown;
  }

  #count(characters: number): void {
    if (characters > this.#room) this.#reached = `${this.#maxCharacters.toLocaleString("en-US")} characters`;
    this.#shown += characters;
  }
}
