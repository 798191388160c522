/**
 * Handles the keys of a history search at the prompt, and shows the match.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import { HistorySearch, type SearchDirection } from "./history_search.ts";
import { keyName, typedText } from "./key_name.ts";
import type { KeyPress } from "./keyboard.ts";

/** The state after a key: the search continues, has ended, or has ended and the key must still be handled outside of the search. */
export type SearchKey = "open" | "closed" | "passed on";

/** A search from Ctrl-R or Ctrl-S until it is accepted or cancelled. The buffer shows the match. */
export class PromptSearch {
  readonly #search: HistorySearch;
  readonly #buffer: EditBuffer;
  readonly #last: string;
  /** The text at the prompt before the search. */
  readonly #text: string;
  readonly #cursor: number;

  /**
   * @param cells the earlier cells, oldest first
   * @param last the text of the previous search
   */
  constructor(cells: readonly string[], direction: SearchDirection, buffer: EditBuffer, last: string) {
    this.#search = new HistorySearch(cells, direction);
    this.#buffer = buffer;
    this.#last = last;
    this.#text = buffer.text;
    this.#cursor = buffer.cursor;
  }

  get text(): string {
    return this.#search.text;
  }

  get description(): string {
    return this.#search.description;
  }

  /** Handles a key. Enter accepts the match. Ctrl-G, Ctrl-C and Esc cancel the search. Any other key accepts it and is passed on. */
  press(press: KeyPress): SearchKey {
    switch (keyName(press)) {
      case "ctrl-r":
        this.#search.again("backward", this.#last);
        break;
      case "ctrl-s":
        this.#search.again("forward", this.#last);
        break;
      case "backspace":
      case "ctrl-h":
        this.#search.erase();
        break;
      case "ctrl-c":
      case "ctrl-g":
      case "escape":
        this.#buffer.set(this.#text, this.#cursor);
        return "closed";
      case "return":
      case "enter":
        return "closed";
      default: {
        const text = typedText(press);
        if (text === undefined || press.key.meta) return "passed on";
        this.#search.type(text);
      }
    }
    this.#show();
    return "open";
  }

  /** Appends to the text that is searched for. */
  type(text: string): void {
    this.#search.type(text);
    this.#show();
  }

  #show(): void {
    const { found } = this.#search;
    this.#buffer.set(found?.cell ?? this.#text, found?.offset ?? this.#cursor);
  }
}
