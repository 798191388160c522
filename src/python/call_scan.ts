/**
 * Finds the calls in the statements of a cell, and what its functions change when they are called.
 *
 * @module
 */

import { sourceOf } from "./cell_definitions.ts";
import { definingPython } from "./defining_python.ts";
import { type Binding, scanNames } from "./name_scan.ts";
import { childrenOf, isPython, type PythonNode, topStatements } from "./python_tree.ts";

/** A call. */
export interface Call {
  /** The name of the function or the method, without the object before its last dot. */
  callee: string;
  /** Whether it is called as an attribute: `random.shuffle(x)`. */
  isAttribute: boolean;
  /** The names in its arguments, by position or keyword: `{0: "x", key: "y"}` for `f(x.part, key=y)`. */
  args: ReadonlyMap<number | string, string>;
}

/** A function that a cell defines at its top level. */
export interface CalledFunction {
  name: string;
  /** The parameters, in order. */
  parameters: readonly string[];
  /** The parameters and global names whose objects it changes by itself. */
  changes: ReadonlySet<string>;
  /** The global names that it binds. */
  binds: ReadonlySet<string>;
  /** The names that are its own. */
  locals: ReadonlySet<string>;
  /** The calls in its body. */
  calls: readonly Call[];
}

/** The calls and functions of a statement. */
export interface StatementCalls {
  /** The number and the source of the statement, as in a `Definition`. */
  statement: number;
  source: string;
  /** The calls that are made when it runs. */
  calls: readonly Call[];
  /** The functions that it defines. */
  functions: readonly CalledFunction[];
  /** The names that it reads when it runs. */
  usesNow: readonly string[];
}

/** Bindings that change an object. `n += 1` is excluded, because it usually makes a new number. */
const CHANGES: ReadonlySet<Binding["kind"]> = new Set(["part", "method"]);

/**
 * Lists the statements of a cell that call something or define functions. Accepts any text and never throws. Statements of a cell with
 * syntax errors are left out.
 *
 * @param cell the cell's code as it was typed
 */
export function scanCalls(cell: string): StatementCalls[] {
  const { code, tree } = definingPython(cell);
  if (!isPython(tree)) return [];
  return topStatements(tree).flatMap((node, index) => {
    const [calls, definitions] = callsIn(node, code);
    const functions = definitions.map((definition) => functionOf(definition, code));
    if (calls.length === 0 && functions.length === 0) return [];
    const usesNow = [...scanNames(node, code).readsNow];
    return [{ statement: index + 1, source: sourceOf(node, code), calls, functions, usesNow }];
  });
}

/** Returns the calls outside functions, and the functions that are not inside other functions or classes. */
function callsIn(root: PythonNode, code: string): [calls: Call[], functions: PythonNode[]] {
  const [calls, functions]: [Call[], PythonNode[]] = [[], []];
  root.cursor().iterate(({ name, node }) => {
    if (name === "FunctionDefinition") functions.push(node);
    if (name === "CallExpression") calls.push(...callOf(node, code));
    return name !== "FunctionDefinition" && name !== "ClassDefinition";
  });
  return [calls, functions];
}

function callOf(node: PythonNode, code: string): Call[] {
  const [callee, list] = childrenOf(node);
  const name = callee.name === "MemberExpression" ? callee.lastChild! : callee;
  if (list?.name !== "ArgList" || (name.name !== "VariableName" && name.name !== "PropertyName")) return [];
  return [{ callee: textOf(name, code), isAttribute: name !== callee, args: argumentsOf(list, code) }];
}

function argumentsOf(list: PythonNode, code: string): Map<number | string, string> {
  const args = new Map<number | string, string>();
  let position: number | undefined = 0;
  for (const parts of separate(list)) {
    const [first, operator, value] = parts;
    const isKeyword = operator?.name === "AssignOp";
    // The positions of the arguments after `*x` are not known.
    if (first.name === "*" || first.name === "**") position = first.name === "*" ? undefined : position;
    else if (isKeyword || position !== undefined) {
      const root = rootName(isKeyword ? value : first, code);
      if (root !== undefined) args.set(isKeyword ? textOf(first, code) : position!, root);
      if (!isKeyword) position! += 1;
    }
  }
  return args;
}

/** Splits a list in parentheses at its commas. */
function separate(list: PythonNode): PythonNode[][] {
  const groups: PythonNode[][] = [[]];
  for (const each of childrenOf(list)) {
    if (each.name === ",") groups.push([]);
    else if (!["(", ")", "Comment"].includes(each.name)) groups.at(-1)!.push(each);
  }
  return groups.filter((group) => group.length > 0);
}

/** Returns the name of the object that an expression is or is a part of: `x` of `x[0].part`. */
function rootName(node: PythonNode | undefined, code: string): string | undefined {
  let root = node;
  while (root?.name === "MemberExpression") root = root.firstChild ?? undefined;
  return root?.name === "VariableName" ? textOf(root, code) : undefined;
}

function functionOf(node: PythonNode, code: string): CalledFunction {
  const list = node.getChild("ParamList");
  const body = node.getChild("Body");
  const parameters = list === null ? [] : separate(list)
    .flatMap((parts) => parts.filter(({ name }) => name === "VariableName").slice(0, 1))
    .map((each) => textOf(each, code));
  const bindings = body === null ? [] : scanNames(body, code).bindings;
  const globals = body === null ? new Set<string>() : globalNames(body, code);
  const binding = bindings.filter(({ kind }) => !CHANGES.has(kind)).map(({ name }) => name);
  const bound = new Set(binding.filter((name) => !globals.has(name)));
  const changed = new Set(bindings.filter(({ kind }) => CHANGES.has(kind)).map(({ name }) => name));
  if (body !== null) addIterables(changed, body, code);
  return {
    name: textOf(node.getChild("VariableName"), code),
    parameters,
    // A parameter that is bound again is another object.
    changes: new Set([...changed].filter((name) => !bound.has(name))),
    binds: new Set(binding.filter((name) => globals.has(name))),
    locals: new Set([...bound, ...parameters]),
    calls: body === null ? [] : callsIn(body, code)[0],
  };
}

function globalNames(body: PythonNode, code: string): Set<string> {
  const names = new Set<string>();
  body.cursor().iterate(({ name, node }) => {
    if (name === "ScopeStatement" && node.firstChild?.name === "global") {
      for (const each of node.getChildren("VariableName")) names.add(textOf(each, code));
    }
    return name !== "FunctionDefinition";
  });
  return names;
}

/** Adds the names that loops iterate over if the loop variables are changed. */
function addIterables(changed: Set<string>, body: PythonNode, code: string): void {
  const loops: PythonNode[] = [];
  body.cursor().iterate(({ name, node }) => {
    if (name === "ForStatement") loops.push(node);
  });
  // The inner loops come first.
  for (const loop of loops.reverse()) {
    const parts = childrenOf(loop);
    const start = parts.findIndex(({ name }) => name === "in");
    const isChanged = parts.slice(0, start).some((part) => namesIn(part, code).some((name) => changed.has(name)));
    if (isChanged && start !== -1) namesIn(parts[start + 1], code).forEach((name) => changed.add(name));
  }
}

function namesIn(root: PythonNode, code: string): string[] {
  const names: string[] = [];
  root.cursor().iterate(({ name, node }) => {
    if (name === "VariableName") names.push(textOf(node, code));
  });
  return names;
}

function textOf(node: PythonNode | null, code: string): string {
  return node === null ? "" : code.slice(node.from, node.to);
}
