/**
 * Counts what a cell shows, up to the most that it may.
 *
 * @module
 */

import type { MimeBundle } from "../media/mime_bundle.ts";

/**
 * The most displays of a cell. Each is an event of the notebook's log and takes some 4 milliseconds, whatever it holds; JupyterLab shows
 * 50 outputs of a cell, and the rest on demand.
 */
const MAX_DISPLAYS = 1_000;

/** What one cell has shown, and whether there was more. */
export class OutputLimit {
  readonly #maxCharacters: number;
  #shown = 0;
  #displays = 0;
  #reached: string | undefined;

  /** @param maxCharacters how many characters may be shown; 0 for any number */
  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** How much the cell could show, where something was left out because there was more: `1,000 displays`. */
  get reached(): string | undefined {
    return this.#reached;
  }

  /** How many characters have been counted, those of bundles as JSON. */
  get shown(): number {
    return this.#shown;
  }

  /** Counts a text, and returns as much of it as may be shown. */
  take(text: string): string {
    const room = this.#room;
    this.#count(text.length);
    return text.length > room ? text.slice(0, room).toWellFormed() : text;
  }

  /** Counts a bundle, and returns whether it may be shown: all of it or nothing. */
  fits(data: MimeBundle): boolean {
    this.#count(JSON.stringify(data).length);
    return this.#reached === undefined;
  }

  /** Counts a display, and returns whether it may be shown. */
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
