/**
 * The token kinds of Python source that are highlighted.
 *
 * @module
 */

/** The kind of a token, as Pygments distinguishes them. Names, operators and brackets have no kind. */
export type CodeKind =
  | "keyword"
  /** `and`, `or`, `not`, `in` and `is`. */
  | "word operator"
  | "number"
  /** The prefix, each quote and the text of a string. */
  | "string"
  /** `\n` in a string. */
  | "escape"
  /** `%d` and `{}` in a string, and the braces of an f-string. */
  | "interpolation"
  /** A triple-quoted string at the beginning of a line. */
  | "docstring"
  | "comment"
  /** The name in a function definition, and the special names that Pygments knows: `__init__`, `__name__`. */
  | "function"
  /** The name in a class definition, and the name of an imported module. */
  | "class"
  | "decorator"
  | "builtin"
  | "exception"
  /** The white space after `def`, `class`, `from` and `import`, and before a docstring. */
  | "space";
