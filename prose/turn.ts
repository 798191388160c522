/**
 * The form of a rule about a turn of phrase.
 *
 * @module
 */

/** The kinds of text that are checked. */
export type ProseKind =
  /** A JSDoc comment. */
  | "doc"
  /** Any other comment. Line comments below each other are one text. */
  | "comment"
  /** The title of a test or of a test's step. */
  | "title"
  /** Text for the user: an error's message, an option's help, the words on the page. */
  | "message"
  /** A Markdown file without its code. */
  | "markdown"
  /** A declared name, split into lowercase words: `tellPast` is "tell past". */
  | "name";

export interface Turn {
  /** The rule's name in the report. */
  turn: string;
  /** A regular expression, without regard to case. A space stands for any white space, line breaks included. */
  pattern: string;
  /** The advice in the report. */
  write: string;
  /** The kinds of text that the rule is for. Default: all but names. */
  kinds?: readonly ProseKind[];
  /** A text that the pattern must find. */
  catches: string;
  /** A similar text that it must not find. */
  passes: string;
}
