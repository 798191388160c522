/**
 * Determines whether a cell is certain to output something.
 *
 * @module
 */

import { keepsItsMeaning, onlyValueOf } from "./name_uses.ts";
import { type PythonNode, type PythonTree, topStatements } from "./python_tree.ts";

/**
 * Expressions whose value is not `None`, or that raise an exception. Overloaded operators could return `None`, but they hardly ever
 * do.
 */
const VALUES: ReadonlySet<string> = new Set([
  "Number",
  "String",
  "FormatString",
  "ContinuedString",
  "Boolean",
  "Ellipsis",
  "ArrayExpression",
  "TupleExpression",
  "SetExpression",
  "DictionaryExpression",
  "ArrayComprehensionExpression",
  "SetComprehensionExpression",
  "DictionaryComprehensionExpression",
  "ComprehensionExpression",
  "LambdaExpression",
  "UnaryExpression",
]);

/** Built-in functions that never return `None`. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  ("abs all any ascii bin bool bytearray bytes callable chr complex dict dir divmod enumerate filter float format frozenset hash hex " +
    "id int isinstance issubclass iter len list map oct ord pow range repr reversed round set sorted str sum tuple type zip")
    .split(" "),
);

/** Names that may end the session or redirect its output. */
const ESCAPES =
  /\b(?:exit|quit|_exit|abort|exec|get_ipython|__stdout__|redirect_stdout|capture_output|displayhook|builtins)\b|\bsys\s*\.\s*stdout\s*=/;

/**
 * Whether every run of a cell outputs something, possibly an exception. This holds for a top-level `print`, `display` or `raise`,
 * and for a last expression whose value is not `None`. Returns false in doubt: otherwise, a model that rightly outputs nothing
 * would be asked again.
 *
 * @param tree the tree of the whole cell, without errors and without magics
 * @param code the code that the tree was parsed from
 * @param hasResult whether the last statement is an expression whose value is shown
 */
export function mustOutput(tree: PythonTree, code: string, hasResult: boolean): boolean {
  if (ESCAPES.test(code)) return false;
  const statements = topStatements(tree);
  if (statements.some(({ name }) => name === "RaiseStatement")) return true;
  const called = new Set(
    statements.map((statement) => outputCall(statement, code)).filter((name) => name !== undefined),
  );
  if ([...called].some((name) => keepsItsMeaning(name, tree, code))) return true;
  const last = statements.at(-1);
  if (!hasResult || last?.name !== "ExpressionStatement") return false;
  const expression = last.firstChild!;
  const isTuple = expression.nextSibling !== null;
  const value = expression.name === "VariableName" ? onlyValueOf(textOf(expression, code), tree, code) : expression;
  return isTuple || (value !== undefined && isValue(value, tree, code));
}

/**
 * Returns the name of the called function if a statement is a call that always outputs something: `display` with an argument, or
 * `print` without `end` and `file`.
 */
function outputCall(statement: PythonNode, code: string): "print" | "display" | undefined {
  const call = statement.name === "ExpressionStatement" ? statement.firstChild! : undefined;
  if (call?.name !== "CallExpression" || call.firstChild!.name !== "VariableName") return undefined;
  const name = textOf(call.firstChild!, code);
  const args = call.getChild("ArgList")!;
  const keywords = args.getChildren("AssignOp").map(({ prevSibling }) => textOf(prevSibling!, code));
  if (args.getChild("**") !== null) return undefined;
  if (name === "print") return keywords.every((keyword) => keyword === "sep" || keyword === "flush") ? name : undefined;
  const first = args.firstChild!.nextSibling!.name;
  return name === "display" && keywords.length === 0 && first !== ")" && first !== "*" ? name : undefined;
}

/** Whether evaluating an expression either gives a value that is shown or raises an exception. */
function isValue(expression: PythonNode, tree: PythonTree, code: string): boolean {
  switch (expression.name) {
    case "ParenthesizedExpression":
      return isValue(expression.firstChild!.nextSibling!, tree, code);
    case "BinaryExpression":
      return ["and", "or", "BitOp"].every((operator) => expression.getChild(operator) === null);
    case "CallExpression": {
      const callee = expression.firstChild!;
      if (callee.name === "MemberExpression") {
        return callee.firstChild!.name === "String" && callee.getChild(".") !== null;
      }
      const name = textOf(callee, code);
      return FUNCTIONS.has(name) && keepsItsMeaning(name, tree, code);
    }
    default:
      return VALUES.has(expression.name);
  }
}

function textOf(node: PythonNode, code: string): string {
  return code.slice(node.from, node.to);
}
