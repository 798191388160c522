/**
 * Lists the values of the string literals in a cell's code.
 *
 * @module
 */

import { cellMagicBody, normalizeCell } from "./cell_source.ts";
import { childrenOf, type PythonNode } from "./python_tree.ts";
import { readPython } from "./read_python.ts";

/** A literal: its prefix, its quotes and its content. */
const LITERAL = /^([a-zA-Z]*)("""|'''|"|')([^]*)\2$/;

/** Python's escape sequences. A backslash before a newline joins two lines. */
const ESCAPE = /\\(?:(\r?\n|[\\'"abfnrtv])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/g;

/** The values of the escape sequences of one character. */
const CHARACTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "",
  "\r\n": "",
};

/**
 * Lists the values of a cell's string literals, in order. Raw strings, bytes and f-strings without fields are included; adjacent
 * literals are joined, as in Python. Comments and the bodies of magics that are not Python are ignored. Takes time linear in the
 * length of the code.
 *
 * @param code the cell's code as it was typed
 */
export function stringLiterals(code: string): string[] {
  const cell = normalizeCell(code);
  const { code: python, tree } = readPython(cellMagicBody(cell) ?? cell);
  const values: string[] = [];
  tree.iterate({
    enter({ name, node }) {
      const isLiteral = name === "String" || name === "FormatString" || name === "ContinuedString";
      if (!isLiteral) return true;
      const value = valueOf(node, python);
      if (value !== undefined) values.push(value);
      return value === undefined;
    },
  });
  return values;
}

function valueOf(node: PythonNode, python: string): string | undefined {
  if (node.name === "ContinuedString") {
    const parts = childrenOf(node).filter(({ name }) => name !== "Comment").map((each) => valueOf(each, python));
    return parts.includes(undefined) ? undefined : parts.join("");
  }
  if (node.getChild("FormatReplacement") !== null) return undefined;
  const literal = LITERAL.exec(python.slice(node.from, node.to));
  if (literal === null) return undefined;
  const [, prefix, , content] = literal;
  const text = /f/i.test(prefix) ? content.replace(/\{\{|\}\}/g, ([brace]) => brace) : content;
  return /r/i.test(prefix) ? text : text.replace(ESCAPE, unescape);
}

function unescape(escape: string, character?: string, ...[x, u, U, octal]: (string | undefined)[]): string {
  if (character !== undefined) return CHARACTERS[character] ?? character;
  const code = octal === undefined ? parseInt((x ?? u ?? U)!, 16) : parseInt(octal, 8);
  return code > 0x10ffff ? escape : String.fromCodePoint(code);
}
