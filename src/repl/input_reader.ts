/**
 * Reads the lines that running cells ask for, at the terminal.
 *
 * @module
 */

import stringWidth from "string-width";
import { EndOfInputError } from "../errors.ts";
import type { InputRequest } from "../execution/execution_context.ts";
import { withoutControls } from "../terminal/control_filter.ts";
import type { Style } from "../terminal/style.ts";
import { EditBuffer } from "./edit_buffer.ts";
import { editKey } from "./edit_key.ts";
import { keyName } from "./key_name.ts";
import type { Keyboard, KeyPress } from "./keyboard.ts";
import type { CellText } from "./lay_out_cell.ts";
import { PromptPainter, type PromptScreen } from "./prompt_painter.ts";

/** What an input reader works with. */
export interface InputReaderOptions {
  /** What is typed on. */
  keyboard: Keyboard;
  /** Where it is drawn. */
  screen: PromptScreen;
  /** With colours or without. */
  style: Style;
}

/** What a key has made of a line: nothing yet, the line, or the end of the input. */
type Pressed = "open" | "line" | "end";

/**
 * Reads a line at a time. Enter ends it, Ctrl-D in an empty one ends the input. It is edited as a cell is, and neither remembered nor
 * completed. A password is not shown.
 */
export class InputReader {
  readonly #options: InputReaderOptions;
  readonly #painter: PromptPainter;

  constructor(options: InputReaderOptions) {
    this.#options = options;
    this.#painter = new PromptPainter(options.screen, options.style);
  }

  /** Draws the line again after the terminal's size has changed. */
  resize(): void {
    this.#painter.redraw();
  }

  /**
   * Reads one line, which stays on the screen.
   *
   * @param request what is asked for
   * @param before what stands on the terminal's last line already
   * @param signal gives up
   * @throws {EndOfInputError} the person has ended the input, or the terminal has gone
   * @throws the signal's reason
   */
  async read({ prompt, isPassword }: InputRequest, before: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const { keyboard, screen } = this.#options;
    const asked = withoutControls(prompt.replace(/\r\n?/g, "\n"));
    const isFull = stringWidth(before) >= screen.size().columns;
    if (isFull) screen.write("\n");
    const above = asked.slice(0, asked.lastIndexOf("\n") + 1);
    if (above !== "") screen.write(above);
    const lead = above === "" ? (isFull ? "" : before) + asked : asked.slice(above.length);
    using buffer = new EditBuffer();
    const drawn = (): CellText => ({
      text: isPassword ? lead : lead + buffer.text,
      cursor: isPassword ? lead.length : lead.length + buffer.cursor,
      prompt: "",
      isPlain: true,
    });
    const leave = () => this.#painter.leave(drawn());
    // What shows the interruption writes right behind this.
    signal.addEventListener("abort", leave, { once: true });
    try {
      for (;;) {
        if (!keyboard.hasNext) this.#painter.draw(drawn());
        const event = await keyboard.next(signal);
        const pressed = event === undefined
          ? "end"
          : event.type === "key"
          ? press(event, buffer)
          : paste(event.text, buffer);
        if (pressed === "open") continue;
        leave();
        if (pressed === "end") throw new EndOfInputError();
        return buffer.text;
      }
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }
}

function press(key: KeyPress, buffer: EditBuffer): Pressed {
  switch (keyName(key)) {
    case "return":
    case "enter":
      return "line";
    case "ctrl-d":
      if (buffer.text === "") return "end";
      break;
    case "tab":
      buffer.insert("\t");
      return "open";
  }
  editKey(key, buffer);
  return "open";
}

/** Inserts what was pasted as one line: a password is copied with the end of its line. */
function paste(text: string, buffer: EditBuffer): Pressed {
  buffer.insert(withoutControls(text).replace(/[\r\n]+$/, "").replace(/[\r\n]+/g, " "));
  return "open";
}
