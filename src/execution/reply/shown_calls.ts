/**
 * Detects calls that repeat earlier output of the same cell.
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";

/** A call that was carried out. */
export interface MadeCall {
  name: string;
  args: { [key: string]: unknown };
  /** Whether the call was cut off. Its text is then the part that was shown. */
  isCut?: boolean;
}

/** The result of comparing a piece of text. */
export interface ComparedText {
  /** The beginning of the text that the cell has already shown. */
  before: string;
  /** The text to show now. Empty while the text may still be a repetition. */
  text: string;
}

/**
 * The calls that a cell has shown, in order, compared with those of the current reply.
 *
 * If a reply begins with the same calls, they are repetitions and not shown again. From the first different call on, everything is
 * new. If an earlier text was cut off, the reply may repeat and continue it; only the continuation is new. A longer version of a
 * complete text is a different call. Each piece of text is compared only once.
 */
export class ShownCalls {
  readonly #calls: MadeCall[] = [];
  /** The index of the call that a repeating reply would make next; `undefined` after the first different call. */
  #expected: number | undefined;
  /** The number of characters of that call's text that were repeated. */
  #repeated = 0;
  /** The index of the cut-off text that the current call continues. */
  #extended: number | undefined;

  /**
   * Starts a reply.
   *
   * @param from the call that a repetition begins with: the cell's first call, or its last one if each reply makes one call
   */
  begin(from: "first" | "last"): void {
    this.#expected = from === "first" ? 0 : Math.max(0, this.#calls.length - 1);
    this.#repeated = 0;
    this.#extended = undefined;
  }

  /** The beginning of the current text that may still be a repetition. */
  get undecided(): string {
    return textOf(this.#call)?.slice(0, this.#repeated) ?? "";
  }

  /** Compares the next piece of a stream's text. */
  compare(name: string, piece: string): ComparedText {
    const call = this.#call?.name === name ? this.#call : undefined;
    const shown = textOf(call);
    if (shown?.startsWith(piece, this.#repeated)) {
      this.#repeated += piece.length;
      return { before: "", text: "" };
    }
    const rest = shown?.slice(this.#repeated);
    if (call?.isCut && shown !== undefined && rest !== undefined && piece.startsWith(rest)) {
      this.#extended = this.#expected;
      this.differ();
      return { before: shown, text: piece.slice(rest.length) };
    }
    return { before: "", text: this.differ() + piece };
  }

  /** Whether a complete call repeats the expected one. */
  repeats({ name, args }: MadeCall): boolean {
    const call = this.#call;
    if (call?.name !== name || canonical(call.args) !== canonical(args)) return false;
    this.#expected! += 1;
    this.#repeated = 0;
    return true;
  }

  /** Ends the repetition, because the current call is different. Returns the beginning of the current text that was held back. */
  differ(): string {
    const text = this.undecided;
    this.#expected = undefined;
    this.#repeated = 0;
    return text;
  }

  /** Adds a call that was shown. */
  add(call: MadeCall): void {
    this.differ();
    this.#calls.splice(this.#extended ?? this.#calls.length, 1, call);
    this.#extended = undefined;
  }

  /** The call that a repeating reply would make next. */
  get #call(): MadeCall | undefined {
    return this.#expected === undefined ? undefined : this.#calls[this.#expected];
  }
}

function textOf(call: MadeCall | undefined): string | undefined {
  return typeof call?.args.text === "string" ? call.args.text : undefined;
}

/** Encodes arguments as JSON with sorted keys. */
function canonical(args: MadeCall["args"]): string {
  return JSON.stringify(args, (_, value) => {
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1));
  });
}
