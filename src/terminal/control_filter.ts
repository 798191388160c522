/**
 * Makes foreign text safe to print: an output must not move the cursor, set the title or paste into the terminal.
 *
 * @module
 */

/** What a terminal would take the next character for. */
type State = "text" | "escape" | "intermediate" | "csi" | "string";

/** A longer control sequence is not a colour, whatever it ends with. Its longest real form sets two 24-bit colours: 38 characters. */
const LONGEST_SGR = 64;

/** Anything that is more than text: the control characters C0, DEL and C1, except tab, newline and carriage return. */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** The parameters of a colour. A private prefix (`ESC [ > 4 m`) would set keyboard modes instead. */
const SGR_PARAMETERS = /^[0-9;:]*$/;

/**
 * Removes terminal control sequences from text that arrives in pieces. Of what is not printable `\n`, `\r`, `\t` and, if wanted,
 * SGR sequences (colours, bold, underline) pass. A sequence that is cut between two pieces is recognised all the same.
 *
 * The grammar is that of ECMA-48, with the terminals' own reading: a command string (title, clipboard, hyperlink) ends at BEL, ST or
 * ESC. Here a newline ends it too, so that one that is never closed hides a line and not the rest.
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

  /** A character that has no place in a sequence ends it, and stands for itself. */
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

/** Filters text that is complete. */
export function withoutControls(text: string, keepColors = false): string {
  return new ControlFilter(keepColors).filter(text);
}

/** What `ESC` and this character begin: CSI, one of DCS, SOS, OSC, PM, APC, or nothing that goes on. */
function introducedBy(code: number): State {
  const character = String.fromCharCode(code);
  if (character === "[") return "csi";
  return "PX]^_".includes(character) ? "string" : "text";
}

function isBetween(code: number, low: number, high: number): boolean {
  return code >= low && code <= high;
}
