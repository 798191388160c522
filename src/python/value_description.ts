/**
 * Says in a few words what a long value is.
 *
 * @module
 */

import { commentText } from "./one_line.ts";
import { childrenOf, type PythonNode } from "./python_tree.ts";

/** How much of a call's function is named, in characters. */
const MAX_CALLEE = 60;

/** What literals are called, by the names of their nodes. */
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
 * @param nodes the value's nodes; several are a tuple without parentheses
 * @param code what their tree was made from
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

/** A number as people read it: `24,310`. */
export function readableNumber(number: number): string {
  return number.toLocaleString("en-US");
}

/** How many items there are between commas. */
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
