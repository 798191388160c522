/**
 * Describes a long value in a few words.
 *
 * @module
 */

import { commentText } from "./one_line.ts";
import { childrenOf, type PythonNode } from "./python_tree.ts";

/** The longest name of a called function, in characters. */
const MAX_CALLEE = 60;

/** The names of collection types by the names of their literals' nodes. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  ArrayExpression: "list",
  TupleExpression: "tuple",
  SetExpression: "set",
  DictionaryExpression: "dict",
};

const COMPREHENSIONS: Readonly<Record<string, string>> = {
  ArrayComprehensionExpression: "list",
  SetComprehensionExpression: "set",
  DictionaryComprehensionExpression: "dict",
};

/**
 * Describes a value: `list of 5,000 items`, `str of 24,310 characters`, `pd.DataFrame(...)`.
 *
 * @param nodes the nodes of the value; several nodes are a tuple without parentheses
 * @param code the code that the tree was parsed from
 */
export function describeValue(nodes: readonly PythonNode[], code: string): string {
  const [value] = nodes;
  if (value === undefined) return "no value";
  if (nodes.length > 1) return `tuple of ${items(countItems(nodes))}`;
  const { name, from, to } = value;
  if (COLLECTIONS[name] !== undefined) {
    return `${COLLECTIONS[name]} of ${items(countItems(childrenOf(value).slice(1, -1)))}`;
  }
  if (COMPREHENSIONS[name] !== undefined) return `${COMPREHENSIONS[name]}, ${leftOut(to - from)}`;
  switch (name) {
    case "String":
    case "FormatString":
    case "ContinuedString":
      return `${/^[rR]?[bB]/.test(code.slice(from, from + 2)) ? "bytes" : "str"} of ${characters(to - from)}`;
    case "LambdaExpression":
      return `a lambda, ${leftOut(to - from)}`;
    case "CallExpression": {
      const callee = value.firstChild!;
      return `${commentText(code.slice(callee.from, Math.min(callee.to, from + 4 * MAX_CALLEE)), MAX_CALLEE)}(...)`;
    }
  }
  return leftOut(to - from);
}

/** Formats a number for people: `24,310`. */
export function readableNumber(number: number): string {
  return number.toLocaleString("en-US");
}

/** Counts the items that commas separate. */
export function countItems(nodes: readonly PythonNode[]): number {
  const commas = nodes.filter(({ name }) => name === ",").length;
  const last = nodes.findLast(({ name }) => name !== "Comment");
  return last === undefined ? 0 : last.name === "," ? commas : commas + 1;
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${readableNumber(count)} items`;
}

function characters(count: number): string {
  return `${readableNumber(count)} characters`;
}

function leftOut(count: number): string {
  return `${characters(count)} left out`;
}
