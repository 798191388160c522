/**
 * A search through the history at a prompt: the keys that it takes, and what it shows.
 *
 * @module
 */

import type { EditBuffer } from "./edit_buffer.ts";
import { HistorySearch, type SearchDirection } from "./history_search.ts";
import { keyName, typedText } from "./key_name.ts";
import type { KeyPress } from "./keyboard.ts";

/** What a key did: the search goes on, or it has ended, and the key is still to be taken as any other. */
export type SearchKey = "open" | "closed" | "passed on";

/** A search from Ctrl-R or Ctrl-S until it is taken or given up. The buffer shows what is found. */
export class PromptSearch {
  readonly #search: HistorySearch;
  readonly #buffer: EditBuffer;
  readonly #last: string;
  /** What was typed before the search. */
  readonly #text: string;
  readonly #cursor: number;

  /**
   * @param cells the earlier cells, oldest first
   * @param direction where the search goes first
   * @param buffer the cell at the prompt
   * @param last what was searched for last
   */
  constructor(cells: readonly string[], direction: SearchDirection, buffer: EditBuffer, last: string) {
    this.#search = new HistorySearch(cells, direction);
    this.#buffer = buffer;
    this.#last = last;
    this.#text = buffer.text;
    this.#cursor = buffer.cursor;
  }

  /** What is searched for. */
  get text(): string {
    return this.#search.text;
  }

  /** The search on a line. */
  get description(): string {
    return this.#search.description;
  }

  /** Takes a key. Enter takes what is found; Ctrl-G, Ctrl-C and Esc give up; keys that mean nothing here take it and do what they do. */
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

  /** Adds a text to what is searched for. */
  type(text: string): void {
    this.#search.type(text);
    this.#show();
  }

  #show(): void {
    const { found } = this.#search;
    this.#buffer.set(found?.cell ?? this.#text, found?.offset ?? this.#cursor);
  }
}
