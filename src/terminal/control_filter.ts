/**
 * Makes foreign text safe to print: it must not move the cursor, set the title or paste into the terminal.
 *
 * @module
 */

/** The meaning of the next character for a terminal. */
type State = "text" | "escape" | "intermediate" | "csi" | "string";

/** The maximum length of a colour sequence, in characters. The longest real one sets two 24-bit colours, with 38 characters. */
const LONGEST_SGR = 64;

/** The control characters C0, DEL and C1, except tab, newline and carriage return. */
// deno-lint-ignore no-control-regex -- the pattern matches control characters
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** The parameters of a colour. A private prefix (`ESC [ > 4 m`) would set keyboard modes instead. */
const SGR_PARAMETERS = /^[0-9;:]*$/;

/**
 * Removes terminal control sequences from text that arrives in pieces. Printable text, `\n`, `\r`, `\t` and optionally SGR sequences
 * (colours, bold, underline) pass. A sequence that is split between two pieces is recognized too.
 *
 * The grammar is that of ECMA-48 as terminals interpret it: a command string (title, clipboard, hyperlink) ends at BEL, ST or ESC. Here a
 * newline ends it too, so that an unclosed string hides only one line.
 */
export class ControlFilter {
  readonly #keepColors: boolean;
  #state: State = "text";
  #parameters = "";

  /** @param keepColors whether SGR sequences pass */
  constructor(keepColors: boolean) {
    this.#keepColors = keepColors;
  }

  /** Filters the next piece. */
  filter(piece: string): string {
    if (this.#state === "text" && !CONTROLS.test(piece)) return piece;
    let safe = "";
    for (let index = 0; index < piece.length; index++) safe += this.#take(piece[index]);
    return safe;
  }

  #take(character: string): string {
    const code = character.charCodeAt(0);
    if (code === 0x1b) return this.#enter("escape");
    if (code >= 0x80 && code <= 0x9f) return this.#enter(introducedBy(code - 0x40));
    switch (this.#state) {
      case "text":
        return CONTROLS.test(character) ? "" : character;
      case "escape":
        if (isBetween(code, 0x20, 0x2f)) return this.#enter("intermediate");
        return isBetween(code, 0x30, 0x7e) ? this.#enter(introducedBy(code)) : this.#abandon(character);
      case "intermediate":
        if (isBetween(code, 0x20, 0x2f)) return "";
        return isBetween(code, 0x30, 0x7e) ? this.#enter("text") : this.#abandon(character);
      case "csi":
        if (isBetween(code, 0x40, 0x7e)) return this.#endSequence(character);
        if (!isBetween(code, 0x20, 0x3f)) return this.#abandon(character);
        if (this.#parameters.length < LONGEST_SGR) this.#parameters += character;
        return "";
      case "string":
        if (character === "\x07") return this.#enter("text");
        return character === "\n" ? this.#abandon(character) : "";
    }
  }

  #enter(state: State): string {
    this.#state = state;
    this.#parameters = "";
    return "";
  }

  /** Ends a sequence at a character that is not allowed in it, and handles the character as text. */
  #abandon(character: string): string {
    this.#enter("text");
    return this.#take(character);
  }

  #endSequence(final: string): string {
    const parameters = this.#parameters;
    this.#enter("text");
    const isColor = final === "m" && parameters.length < LONGEST_SGR && SGR_PARAMETERS.test(parameters);
    return isColor && this.#keepColors ? `\x1b[${parameters}m` : "";
  }
}

/** Filters a complete text. */
export function withoutControls(text: string, keepColors = false): string {
  return new ControlFilter(keepColors).filter(text);
}

/** Returns the state after `ESC` and this character: in a CSI sequence, in a string (DCS, SOS, OSC, PM, APC), or in text. */
function introducedBy(code: number): State {
  const character = String.fromCharCode(code);
  if (character === "[") return "csi";
  return "PX]^_".includes(character) ? "string" : "text";
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}
