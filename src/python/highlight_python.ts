/**
 * Python source, painted by what its pieces are.
 *
 * @module
 */

import { BUILTINS } from "./python_names.ts";
import { parsePython, type PythonNode } from "./python_tree.ts";

/** What a piece of source is. Pygments tells the same kinds apart, but for numbers, which it paints as operators. */
export type CodeKind =
  | "keyword"
  /** `and`, `or`, `not`, `in` and `is`. */
  | "word operator"
  | "operator"
  | "number"
  | "string"
  | "docstring"
  | "comment"
  /** The name of a function where it is defined. */
  | "function"
  /** The name of a class where it is defined, and those that an import names. */
  | "class"
  | "decorator"
  | "builtin"
  | "exception";

/** How each kind is painted: takes the part of a piece that is on one line. A kind that is absent stays plain. */
export type CodePalette = Readonly<Partial<Record<CodeKind, (text: string) => string>>>;

const WORD_OPERATORS: ReadonlySet<string> = new Set(["and", "or", "not", "in", "is"]);

/** Built-in functions that Pygments does not know. */
const UNKNOWN_TO_PYGMENTS = ["anext", "ascii", "exec", "help"];

/** The names that Pygments takes for built-in; two of them are so by custom. */
const BUILTIN_NAMES: ReadonlySet<string> = new Set(
  [...BUILTINS, "cls", "self"].filter((name) => !UNKNOWN_TO_PYGMENTS.includes(name)),
);

const EXCEPTION_NAME = /^(?:[A-Z]\w*(?:Error|Warning)|(?:Base)?Exception|StopIteration|KeyboardInterrupt|SystemExit)$/;

/**
 * Paints Python. It takes pieces of code that do not stand alone, as tracebacks show them, and code that is still being typed.
 *
 * @param code the source, without control sequences
 * @param palette how to paint; its texts span no lines, so that lines can be taken apart
 */
export function highlightPython(code: string, palette: CodePalette): string {
  let painted = "";
  let done = 0;
  parsePython(code).iterate({
    enter({ node }) {
      const kind = kindOf(node, code);
      const paint = kind === undefined ? undefined : palette[kind];
      if (paint === undefined) return;
      painted += code.slice(done, node.from) + code.slice(node.from, node.to).replace(/[^\n]+/g, (line) => paint(line));
      done = node.to;
      return false;
    },
  });
  return painted + code.slice(done);
}

function kindOf(node: PythonNode, code: string): CodeKind | undefined {
  const { name } = node;
  if (name === "Comment") return "comment";
  if (name === "String" && node.parent?.name === "ExpressionStatement") return "docstring";
  if (name === "String" || name === "FormatString") return "string";
  if (name === "Number") return "number";
  if (/^(?:Arith|Bit|Compare|Assign|Update)Op$/.test(name)) return "operator";
  if (name === "." && node.parent?.name === "MemberExpression") return "operator";
  if (name === "Boolean" || name === "None") return "keyword";
  if (name === "At") return "decorator";
  if (WORD_OPERATORS.has(name)) return node.parent?.name === "ForStatement" ? "keyword" : "word operator";
  // The grammar knows the statement of Python 2.
  if (name === "print") return "builtin";
  if (/^[a-z]+$/.test(name)) return "keyword";
  if (name !== "VariableName") return undefined;
  switch (node.parent?.name) {
    case "FunctionDefinition":
      return "function";
    case "ClassDefinition":
    case "ImportStatement":
      return "class";
    case "Decorator":
      return "decorator";
  }
  const text = code.slice(node.from, node.to);
  if (EXCEPTION_NAME.test(text)) return "exception";
  return BUILTIN_NAMES.has(text) ? "builtin" : undefined;
}
