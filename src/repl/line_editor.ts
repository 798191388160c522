/**
 * Reads cells from a person at a terminal, as IPython does.
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

/** What a person did at a prompt. */
export type PromptAnswer =
  /** Entered a cell. */
  | { type: "cell"; code: string }
  /** Dropped what was typed, with Ctrl-C. */
  | { type: "interrupted" }
  /** Left, with Ctrl-D, or because the terminal has gone. */
  | { type: "end" };

/** What a line editor works with. */
export interface LineEditorOptions {
  /** What is typed on. */
  keyboard: Keyboard;
  /** Where it is drawn. */
  screen: PromptScreen;
  /** With colours or without. */
  style: Style;
  /** The earlier cells, oldest first; what is added to it can be recalled from then on. */
  history: readonly string[];
  /** What Tab makes of the line before the cursor; absent where there is nothing to complete. */
  complete(before: string): Completion | undefined;
}

/** What is at a prompt. */
interface PromptState {
  prompt: string;
  buffer: EditBuffer;
  recall: Recall;
  /** The search that is under way. */
  search?: PromptSearch;
}

/** The most candidates that Tab shows. */
const MOST_CANDIDATES = 60;

/**
 * Reads cells. Enter ends a complete one and begins a new line in others; Ctrl-O and Alt-Enter do the other of both. Up and Down move
 * in the cell, and from its first and last line to other ones; Ctrl-R and Ctrl-S search these. Tab indents or completes. In lines that
 * arrive in a burst nothing is indented or completed.
 */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #painter: PromptPainter;
  /** What was searched for last. */
  #lastSearch = "";

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#painter = new PromptPainter(options.screen, options.style);
  }

  /** Draws the prompt again after the terminal's size has changed. */
  resize(): void {
    this.#painter.redraw();
  }

  /**
   * Reads one cell.
   *
   * @param prompt what stands before its first line: `In [1]: `
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

  /** Takes a key; returns the answer that it completes. */
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

  /** Takes a key while a search is under way. Returns whether that is all that it does. */
  #search(press: KeyPress, search: PromptSearch, state: PromptState): boolean {
    const done = search.press(press);
    if (search.text !== "") this.#lastSearch = search.text;
    if (done !== "open") state.search = undefined;
    return done !== "passed on";
  }

  /** Indents where nothing stands before the cursor, and completes a name elsewhere. */
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
