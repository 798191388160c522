/**
 * Notices a model that makes calls again which its cell has shown already.
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";

/** A call that was carried out. */
export interface MadeCall {
  /** The tool's name. */
  name: string;
  /** Its arguments. */
  args: { [key: string]: unknown };
  /** Whether it broke off: of its text stands what was shown. */
  isCut?: boolean;
}

/** What is known of a piece of text. */
export interface ComparedText {
  /** What it begins with and the cell has shown already. */
  before: string;
  /** What is to be shown now; empty while the text may still be a repetition. */
  text: string;
}

/**
 * The calls that a cell has shown, in order, and how much of them a reply repeats.
 *
 * A reply that begins with the very same calls repeats them, and nothing of that is shown again. From the first call on that is another,
 * everything is new. A text that a cut broke off may also be repeated and go on, and then only what goes on is new. A complete text
 * that goes on is another call. Each piece of a text is compared once.
 */
export class ShownCalls {
  readonly #calls: MadeCall[] = [];
  /** Where the call stands that is expected if the reply repeats the cell; `undefined` after the first call that is another. */
  #expected: number | undefined;
  /** How many characters of its text have been repeated. */
  #repeated = 0;
  /** Where the broken-off text stands that the reply's call goes on with. */
  #extended: number | undefined;

  /**
   * Begins a reply.
   *
   * @param from whether it may begin with the cell's first call, or with the last one alone, where each reply makes one call
   */
  begin(from: "first" | "last"): void {
    this.#expected = from === "first" ? 0 : Math.max(0, this.#calls.length - 1);
    this.#repeated = 0;
    this.#extended = undefined;
  }

  /** The beginning of a call's text that may still be a repetition. */
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

  /** Whether a complete call repeats the one that is expected. */
  repeats({ name, args }: MadeCall): boolean {
    const call = this.#call;
    if (call?.name !== name || canonical(call.args) !== canonical(args)) return false;
    this.#expected! += 1;
    this.#repeated = 0;
    return true;
  }

  /**
   * Ends the repetition: the reply's call is another one.
   *
   * @returns what was undecided of its text
   */
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

  /** The call that is expected if the reply repeats the cell. */
  get #call(): MadeCall | undefined {
    return this.#expected === undefined ? undefined : this.#calls[this.#expected];
  }
}

function textOf(call: MadeCall | undefined): string | undefined {
  return typeof call?.args.text === "string" ? call.args.text : undefined;
}

/** Arguments as JSON, with the keys of objects in order. */
function canonical(args: MadeCall["args"]): string {
  return JSON.stringify(args, (_, value) => {
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => one < other ? -1 : 1));
  });
}
