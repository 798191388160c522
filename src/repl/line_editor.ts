/**
 * Reads cells from a person at a terminal, as IPython does.
 *
 * @module
 */

import { withoutControls } from "../terminal/control_filter.ts";
import type { Style } from "../terminal/style.ts";
import type { Completion } from "./completion/completion.ts";
import { EditBuffer } from "./edit_buffer.ts";
import { HistorySearch, type SearchDirection } from "./history_search.ts";
import { INDENT, isComplete } from "./is_complete.ts";
import type { Keyboard, KeyboardEvent, KeyPress } from "./keyboard.ts";
import { PromptPainter, type PromptScreen } from "./prompt_painter.ts";
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

/** A search through the history, and what was typed before it. */
interface Search {
  history: HistorySearch;
  text: string;
  cursor: number;
}

/** What is at a prompt. */
interface PromptState {
  prompt: string;
  buffer: EditBuffer;
  recall: Recall;
  /** The search that is under way. */
  search?: Search;
}

/** The most candidates that Tab shows. */
const MOST_CANDIDATES = 60;

/** Whether a text that a key sends is to be inserted. */
const PRINTABLE = /^[^\p{Cc}]+$/u;

/**
 * Reads cells. Enter ends a complete one and begins a new line in others; Ctrl-O and Alt-Enter do the other of both. Up and Down move
 * in the cell, and from its first and last line to other ones. Tab indents or completes a name. Ctrl-R and
 * Ctrl-S search the earlier cells; Enter takes what they show, Ctrl-G and Esc go back to what was typed. Nothing is indented or completed in lines
 * that arrive in a burst.
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
      footer: state.search?.history.description,
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
    if (state.search !== undefined && this.#search(press, state)) return;
    const { buffer, recall, prompt } = state;
    switch (nameOf(press)) {
      case "ctrl-c":
        return { type: "interrupted" };
      case "ctrl-d":
        if (buffer.text === "") return { type: "end" };
        this.#edit(press, buffer);
        return;
      case "return":
      case "enter":
        return press.isBurst ? enterInBurst(buffer, this.#options.keyboard.ahead) : enter(buffer);
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
        this.#edit(press, buffer);
    }
  }

  /** Inserts a text, or searches for its first line. */
  #paste(text: string, { buffer, search }: PromptState): void {
    if (search === undefined) return buffer.insert(text);
    search.history.type(text.split("\n", 1)[0]);
    this.#showFound(buffer, search);
  }

  #beginSearch(direction: SearchDirection, state: PromptState): void {
    const { text, cursor } = state.buffer;
    state.search = { history: new HistorySearch(this.#options.history, direction), text, cursor };
  }

  /** Takes a key while a search is under way. Returns whether that is all that it does: a key that ends the search may do more. */
  #search(press: KeyPress, state: PromptState): boolean {
    const search = state.search!;
    const { history, text, cursor } = search;
    switch (nameOf(press)) {
      case "ctrl-r":
        history.again("backward", this.#lastSearch);
        break;
      case "ctrl-s":
        history.again("forward", this.#lastSearch);
        break;
      case "backspace":
      case "ctrl-h":
        history.erase();
        break;
      case "ctrl-c":
      case "ctrl-g":
      case "escape":
        state.search = undefined;
        state.buffer.set(text, cursor);
        return true;
      case "return":
      case "enter":
        state.search = undefined;
        return true;
      default:
        if (press.text === undefined || !PRINTABLE.test(press.text) || press.key.meta) {
          state.search = undefined;
          return false;
        }
        history.type(press.text);
    }
    this.#showFound(state.buffer, search);
    return true;
  }

  #showFound(buffer: EditBuffer, { history, text, cursor }: Search): void {
    if (history.text !== "") this.#lastSearch = history.text;
    const { found } = history;
    buffer.set(found?.cell ?? text, found?.offset ?? cursor);
  }

  #edit({ text, key }: KeyPress, buffer: EditBuffer): void {
    // To suspend the process, or to undo what was done in another line, is nothing that `node:readline` may do here.
    if (key.ctrl && ["z", "_", "-", "6"].includes(key.name ?? "")) return;
    const isText = text !== undefined && PRINTABLE.test(text);
    if (isText || key.name !== undefined) buffer.press(isText ? text : undefined, key);
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

/** A key with what is held down with it: `ctrl-c`, `meta-return`. */
function nameOf({ key: { name = "", ctrl, meta } }: KeyPress): string {
  return `${ctrl ? "ctrl-" : ""}${meta ? "meta-" : ""}${name}`;
}

/** Ends a cell, or begins its next line. Of one with several lines, it ends only on the last. */
function enter(buffer: EditBuffer): PromptAnswer | undefined {
  const { text } = buffer;
  const state = isComplete(text.includes("\n") ? buffer.before : text);
  if (state.complete && (buffer.isAtEnd || !text.includes("\n"))) return { type: "cell", code: text.trimEnd() };
  buffer.insert(`\n${" ".repeat(state.complete ? 0 : state.indent)}`);
}

/** Does the same between lines that bring their own indentation. A cell goes on where the next line is an indented one. */
function enterInBurst(buffer: EditBuffer, ahead: KeyboardEvent | undefined): PromptAnswer | undefined {
  const goesOn = buffer.text.trim() !== "" && ahead?.type === "key" && ahead.isBurst &&
    /^[ \t]$/.test(ahead.text ?? "");
  if (!goesOn && buffer.isAtEnd && isComplete(buffer.before).complete) {
    return { type: "cell", code: buffer.text.trimEnd() };
  }
  buffer.insert("\n");
}

function replace(buffer: EditBuffer, text: string | undefined): void {
  if (text !== undefined) buffer.set(text);
}
