/**
 * Reads cells from a terminal, as IPython does.
 *
 * @module
 */

import { withoutControls } from "../terminal/control_filter.ts";
import type { Style } from "../terminal/style.ts";
import type { Completion } from "./completion/completion.ts";
import { EditBuffer } from "./edit_buffer.ts";
import { editKey } from "./edit_key.ts";
import { enter, enterInBurst } from "./enter_key.ts";
import type { SearchDirection } from "./history_search.ts";
import { INDENT } from "./is_complete.ts";
import { keyName } from "./key_name.ts";
import type { Keyboard, KeyPress } from "./keyboard.ts";
import { PromptPainter, type PromptScreen } from "./prompt_painter.ts";
import { PromptSearch } from "./prompt_search.ts";
import { Recall } from "./recall.ts";

export type PromptAnswer =
  /** A cell was entered. */
  | { type: "cell"; code: string }
  /** Ctrl-C discarded the typed text. */
  | { type: "interrupted" }
  /** The input has ended: with Ctrl-D, or because the terminal was closed. */
  | { type: "end" };

export interface LineEditorOptions {
  keyboard: Keyboard;
  screen: PromptScreen;
  style: Style;
  /** The earlier cells, oldest first. Cells that are added later can be recalled too. */
  history: readonly string[];
  /** Completes the line before the cursor for Tab; returns `undefined` if there is nothing to complete. */
  complete(before: string): Completion | undefined;
}

interface PromptState {
  prompt: string;
  buffer: EditBuffer;
  recall: Recall;
  search?: PromptSearch;
}

/** The maximum number of candidates that Tab shows. */
const MOST_CANDIDATES = 60;

/**
 * Enter ends a complete cell, and otherwise begins a new line. Ctrl-O always begins a new line, and Alt-Enter always ends the
 * cell. Up and Down move in the cell, and from its first and last line to other cells. Ctrl-R and Ctrl-S search the other cells. Tab
 * indents or completes, except in lines that arrive in a burst.
 */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #painter: PromptPainter;
  /** The text of the last search. */
  #lastSearch = "";

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#painter = new PromptPainter(options.screen, options.style);
  }

  /** Redraws the prompt after the terminal's size has changed. */
  resize(): void {
    this.#painter.redraw();
  }

  /**
   * Reads one cell.
   *
   * @param prompt the text before its first line: `In [1]: `
   */
  async read(prompt: string): Promise<PromptAnswer> {
    using buffer = new EditBuffer();
    const state: PromptState = { prompt, buffer, recall: new Recall(this.#options.history) };
    const cell = () => ({
      text: buffer.text,
      cursor: buffer.cursor,
      prompt,
      footer: state.search?.description,
    });
    for (;;) {
      if (!this.#options.keyboard.hasNext) this.#painter.draw(cell());
      const event = await this.#options.keyboard.next();
      if (event?.type === "paste") {
        this.#paste(withoutControls(event.text.replace(/\r\n?/g, "\n")), state);
        continue;
      }
      const answer = event === undefined ? { type: "end" } as const : this.#press(event, state);
      if (answer === undefined) continue;
      this.#painter.leave(cell());
      return answer;
    }
  }

  /** Handles a key. Returns the result of the prompt if the key ends it. */
  #press(press: KeyPress, state: PromptState): PromptAnswer | undefined {
    if (state.search !== undefined && this.#search(press, state.search, state)) return;
    const { buffer, recall, prompt } = state;
    switch (keyName(press)) {
      case "ctrl-c":
        return { type: "interrupted" };
      case "ctrl-d":
        if (buffer.text === "") return { type: "end" };
        editKey(press, buffer);
        return;
      case "return":
      case "enter":
        return this.#enter(press, buffer);
      case "meta-return":
      case "meta-enter":
        return { type: "cell", code: buffer.text };
      case "ctrl-o":
        buffer.insert("\n");
        return;
      case "up":
      case "ctrl-p":
        if (!buffer.up()) replace(buffer, recall.older(buffer.text, buffer.before));
        return;
      case "down":
      case "ctrl-n":
        if (!buffer.down()) replace(buffer, recall.newer(buffer.text));
        return;
      case "ctrl-r":
        this.#beginSearch("backward", state);
        return;
      case "ctrl-s":
        this.#beginSearch("forward", state);
        return;
      case "tab":
        if (press.isBurst) buffer.insert("\t");
        else this.#tab(buffer, prompt);
        return;
      case "ctrl-l":
        this.#painter.clearScreen();
        return;
      default:
        editKey(press, buffer);
    }
  }

  #enter({ isBurst }: KeyPress, buffer: EditBuffer): PromptAnswer | undefined {
    const code = isBurst ? enterInBurst(buffer, this.#options.keyboard.ahead) : enter(buffer);
    return code === undefined ? undefined : { type: "cell", code };
  }

  /** Inserts a text, or searches for its first line. */
  #paste(text: string, { buffer, search }: PromptState): void {
    if (search === undefined) buffer.insert(text);
    else search.type(text.split("\n", 1)[0]);
  }

  #beginSearch(direction: SearchDirection, state: PromptState): void {
    state.search = new PromptSearch(this.#options.history, direction, state.buffer, this.#lastSearch);
  }

  /** Handles a key during a search. Returns false if the key must also be handled outside of the search. */
  #search(press: KeyPress, search: PromptSearch, state: PromptState): boolean {
    const done = search.press(press);
    if (search.text !== "") this.#lastSearch = search.text;
    if (done !== "open") state.search = undefined;
    return done !== "passed on";
  }

  /** Indents if only blanks are before the cursor, and otherwise completes the text before it. */
  #tab(buffer: EditBuffer, prompt: string): void {
    const { lineBefore } = buffer;
    if (lineBefore.trim() === "") return buffer.insert(" ".repeat(INDENT - lineBefore.length % INDENT));
    const completion = this.#options.complete(lineBefore);
    if (completion === undefined) return;
    if (completion.insert !== "") return buffer.insert(completion.insert);
    if (completion.candidates.length > 1) {
      this.#painter.note(this.#listed(completion.candidates), { text: buffer.text, cursor: buffer.cursor, prompt });
    }
  }

  #listed(candidates: readonly string[]): string {
    const shown = candidates.slice(0, MOST_CANDIDATES);
    const more = candidates.length - shown.length;
    return shown.join("  ") + (more > 0 ? `  and ${more} more` : "");
  }
}

function replace(buffer: EditBuffer, text: string | undefined): void {
  if (text !== undefined) buffer.set(text);
}
