/**
 * Colours for what we print ourselves, and the question whether to use any.
 *
 * @module
 */

/** SGR codes of ECMA-48, from the basic palette: a terminal's owner has chosen how these look. */
const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;

/** The name of a style. */
export type StyleName = keyof typeof codes;

/** Ends every style. */
const RESET = "\x1b[0m";

/** Styles text, or leaves it as it is. */
export class Style {
  readonly #color: boolean;

  /** @param color whether there are colours at all */
  constructor(color: boolean) {
    this.#color = color;
  }

  /** The text in a style; each of its lines is styled by itself, so that lines can be taken apart. */
  paint(name: StyleName, text: string): string {
    if (!this.#color) return text;
    return text.replace(/[^\n]+/g, (line) => this.open(name) + line + RESET);
  }

  /** Begins a style that {@linkcode Style.close} ends. */
  open(name: StyleName): string {
    return this.#color ? `\x1b[${codes[name]}m` : "";
  }

  /** Ends all styles, those of foreign text too. */
  close(): string {
    return this.#color ? RESET : "";
  }
}

/** What decides about colours. */
export interface ColorContext {
  /** Whether the output is a terminal. */
  isTerminal: boolean;
  /** The environment: `NO_COLOR` (no-color.org), `FORCE_COLOR` and `TERM` are read. */
  environment: Readonly<Record<string, string | undefined>>;
}

/** Whether to print colours: to a terminal that knows them, unless `NO_COLOR` is set; elsewhere if `FORCE_COLOR` is. Empty counts as not set. */
export function wantsColor({ isTerminal, environment }: ColorContext): boolean {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM } = environment;
  if (NO_COLOR !== "") return false;
  if (FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return isTerminal && TERM !== "dumb";
}
