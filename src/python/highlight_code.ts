/**
 * Python in the colours of IPython's tracebacks (Pygments' style "default", 256 colours).
 *
 * @module
 */

import { parsePython, type PythonNode } from "./python_tree.ts";

/** A colour: what begins it, and what ends it without touching a background. */
type Paint = readonly [begin: string, end: string];

const plain = (color: number): Paint => [`\x1b[38;5;${color}m`, "\x1b[39m"];
const bold = (color: number): Paint => [`\x1b[38;5;${color};01m`, "\x1b[39;00m"];
const italic = (color: number): Paint => [`\x1b[38;5;${color};03m`, "\x1b[39;00m"];

const KEYWORD = bold(28);
const WORD_OPERATOR = bold(129);
const BUILTIN = plain(28);
const EXCEPTION = bold(167);
const FUNCTION = plain(21);
const CLASS = bold(21);
const LITERAL = plain(124);
const DOCSTRING = italic(124);
const OPERATOR = plain(241);
const COMMENT = italic(66);
const DECORATOR = plain(129);

const WORD_OPERATORS: ReadonlySet<string> = new Set(["and", "or", "not", "in", "is"]);

const BUILTINS: ReadonlySet<string> = new Set(
  ("abs all any bool bytes callable chr classmethod cls dict dir divmod enumerate eval exec filter float format frozenset " +
    "getattr hasattr hash hex id input int isinstance issubclass iter len list map max min next object open ord pow print " +
    "property range repr reversed round self set setattr slice sorted staticmethod str sum super tuple type vars zip")
    .split(" "),
);

const EXCEPTION_NAME = /^(?:[A-Z]\w*(?:Error|Warning)|(?:Base)?Exception|StopIteration|KeyboardInterrupt|SystemExit)$/;

/**
 * Colours Python. It takes pieces of code that do not stand alone, as tracebacks show them.
 *
 * @param code the source
 * @returns the source with SGR sequences, none of which spans lines
 */
export function highlightCode(code: string): string {
  let painted = "";
  let done = 0;
  parsePython(code).iterate({
    enter({ node }) {
      const paint = paintOf(node, code);
      if (paint === undefined) return;
      const [begin, end] = paint;
      painted += code.slice(done, node.from) + code.slice(node.from, node.to).replace(/[^\n]+/g, `${begin}$&${end}`);
      done = node.to;
      return false;
    },
  });
  return painted + code.slice(done);
}

function paintOf(node: PythonNode, code: string): Paint | undefined {
  const { name } = node;
  if (name === "Comment") return COMMENT;
  if (name === "String" && node.parent?.name === "ExpressionStatement") return DOCSTRING;
  if (name === "String" || name === "FormatString") return LITERAL;
  if (name === "Number" || /^(?:Arith|Bit|Compare|Assign|Update)Op$/.test(name)) return OPERATOR;
  if (name === "." && node.parent?.name === "MemberExpression") return OPERATOR;
  if (name === "Boolean" || name === "None") return KEYWORD;
  if (name === "At") return DECORATOR;
  if (WORD_OPERATORS.has(name)) return node.parent?.name === "ForStatement" ? KEYWORD : WORD_OPERATOR;
  if (/^[a-z]+$/.test(name)) return KEYWORD;
  if (name !== "VariableName") return undefined;
  switch (node.parent?.name) {
    case "FunctionDefinition":
      return FUNCTION;
    case "ClassDefinition":
    case "ImportStatement":
      return CLASS;
    case "Decorator":
      return DECORATOR;
  }
  const text = code.slice(node.from, node.to);
  if (EXCEPTION_NAME.test(text)) return EXCEPTION;
  return BUILTINS.has(text) ? BUILTIN : undefined;
}
