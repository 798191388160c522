/**
 * The kinds of pieces that Python source is painted by.
 *
 * @module
 */

/** What a piece of source is, as Pygments tells pieces apart. Names, operators and brackets have no kind. */
export type CodeKind =
  | "keyword"
  /** `and`, `or`, `not`, `in` and `is`. */
  | "word operator"
  | "number"
  /** The prefix, each quote and the text of a string. */
  | "string"
  /** `\n` in a string. */
  | "escape"
  /** `%d` and `{}` in a string, and the braces of a formatted string. */
  | "interpolation"
  /** A string of three quotes that begins a line. */
  | "docstring"
  | "comment"
  /** The name of a function where it is defined, and the special names that Pygments knows: `__init__`, `__name__`. */
  | "function"
  /** The name of a class where it is defined, and of a module where it is imported. */
  | "class"
  | "decorator"
  | "builtin"
  | "exception"
  /** The blanks that belong to a word: after `def`, `class`, `from` and `import`, and before a docstring. */
  | "space";
