/**
 * Colours for the program's own text, and the decision whether to use them.
 *
 * @module
 */

/** SGR codes of ECMA-48, from the basic palette, whose colours the user can choose in the terminal's settings. */
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

export type StyleName = keyof typeof codes;

/** Resets all styles. */
const RESET = "\x1b[0m";

/** Styles text, or returns it unchanged without colours. */
export class Style {
  readonly #color: boolean;

  /** @param color whether to use colours */
  constructor(color: boolean) {
    this.#color = color;
  }

  /** Returns the text in a style. Each line is styled separately, so that the text can be split into lines. */
  paint(name: StyleName, text: string): string {
    if (!this.#color) return text;
    return text.replace(/[^\n]+/g, (line) => this.open(name) + line + RESET);
  }

  /** Returns the sequence that begins a style. {@linkcode Style.close} ends it. */
  open(name: StyleName): string {
    return this.#color ? `\x1b[${codes[name]}m` : "";
  }

  /** Returns the sequence that ends all styles, including those of foreign text. */
  close(): string {
    return this.#color ? RESET : "";
  }
}

export interface ColorContext {
  isTerminal: boolean;
  /** The environment: `NO_COLOR` (no-color.org), `FORCE_COLOR` and `TERM` are read. */
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns whether to use colours: never if `NO_COLOR` is set; always if `FORCE_COLOR` is set and not `0`; otherwise in a terminal whose
 * `TERM` is not `dumb`. An empty variable counts as not set.
 */
export function wantsColor({ isTerminal, environment }: ColorContext): boolean {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM } = environment;
  if (NO_COLOR !== "") return false;
  if (FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return isTerminal && TERM !== "dumb";
}
