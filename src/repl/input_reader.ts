/**
 * Reads the lines that running cells ask for from the terminal.
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

export interface InputReaderOptions {
  keyboard: Keyboard;
  screen: PromptScreen;
  style: Style;
}

/** The effect of a key: the line is still open, the line is complete, or the input has ended. */
type Pressed = "open" | "line" | "end";

/**
 * Reads a line at a time. Enter ends it, Ctrl-D in an empty one ends the input. The keys are those of cells, but without history and
 * completion. A password is not shown.
 */
export class InputReader {
  readonly #options: InputReaderOptions;
  readonly #painter: PromptPainter;

  constructor(options: InputReaderOptions) {
    this.#options = options;
    this.#painter = new PromptPainter(options.screen, options.style);
  }

  /** Redraws the line after the terminal's size has changed. */
  resize(): void {
    this.#painter.redraw();
  }

  /**
   * Reads one line, which stays on the screen.
   *
   * @param before the text that is already on the terminal's last line
   * @throws {EndOfInputError} the user has ended the input, or the terminal was closed
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
    // The message about the interruption is written right after this.
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

/** Inserts pasted text as one line. A newline at its end is removed, because passwords are often copied with one. */
function paste(text: string, buffer: EditBuffer): Pressed {
  buffer.insert(withoutControls(text).replace(/[\r\n]+$/, "").replace(/[\r\n]+/g, " "));
  return "open";
}
