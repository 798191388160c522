/**
 * Determines what the parts of a Python statement do with the names in them.
 *
 * @module
 */

import { alwaysChanges, onlyReads } from "./method_effects.ts";
import type { PythonNode } from "./python_tree.ts";

/** The way in which a statement binds or changes a name. */
export type BindingKind =
  | "import"
  | "function"
  | "class"
  /** By `=`, `:=` or `type`. */
  | "assignment"
  /** As the target of `for`, after `as` in `with`, or in a pattern of `match`. */
  | "target"
  /** By an augmented assignment such as `+=`. */
  | "update"
  /** By assigning to or deleting one of its items or attributes. */
  | "part"
  /** By calling one of its methods, which may change it. */
  | "method"
  | "deletion";

/** The role of a node: a value, the expression of a statement, or something that is bound or changed. */
export type NodeRole = "value" | "statement" | Exclude<BindingKind, "import" | "function" | "class">;

export interface RoledNode {
  node: PythonNode;
  role: NodeRole;
}

/** The brackets of a tuple of targets. */
const BRACKETS: ReadonlySet<string> = new Set(["TupleExpression", "ArrayExpression"]);

/**
 * Returns the children of a node that can contain names, in the order in which Python evaluates and binds them. Do not
 * call it for imports, `global`, `nonlocal`, functions and classes.
 *
 * @param children all of its children
 * @param role the role of the node itself
 * @param code the code that the tree was parsed from
 * @returns `undefined` for a comprehension, which has its own scope; call {@linkcode comprehensionRoles} for it
 */
export function childRoles(
  node: PythonNode,
  children: PythonNode[],
  role: NodeRole,
  code: string,
): RoledNode[] | undefined {
  const as = (childRole: NodeRole) => (child: PythonNode): RoledNode => ({ node: child, role: childRole });
  const asValue = as("value");
  switch (node.name) {
    case "AssignStatement": {
      const end = children.findLastIndex(({ name }) => name === "AssignOp");
      const isValue = (child: PythonNode, index: number) => index > end || child.name === "TypeDef";
      // An annotation without a value binds nothing.
      return [
        ...children.filter((child, index) => isValue(child, index) && (end !== -1 || index > 0)).map(asValue),
        ...children.filter((child, index) => !isValue(child, index)).map(as("assignment")),
      ];
    }
    case "NamedExpression":
      return [...children.slice(1).map(asValue), as("assignment")(children[0])];
    case "UpdateStatement":
      return [...children.slice(1).map(asValue), as("update")(children[0])];
    case "TypeDefinition":
      return [...children.slice(2).map(asValue), ...children.slice(1, 2).map(as("assignment"))];
    case "TypeParam":
      return [];
    case "DeleteStatement":
      return children.map(as("deletion"));
    case "ForStatement": {
      const [targets, others] = separateTargets(children);
      const body = others.findIndex(({ name }) => name === "Body");
      return [...others.slice(0, body).map(asValue), ...targets.map(as("target")), ...others.slice(body).map(asValue)];
    }
    case "WithStatement":
    case "AsPattern":
      return children.map((child) => as(child.prevSibling?.name === "as" ? "target" : "value")(child));
    case "TryStatement":
      // The name after `as` is unbound at the end of its clause.
      return children.filter((child) => child.prevSibling?.name !== "as").map(asValue);
    case "CapturePattern":
      return children.map(as("target"));
    case "KeywordPattern":
      return children.slice(1).map(asValue);
    case "Decorator":
      return children.filter((child) => child.prevSibling?.name !== ".").map(asValue);
    case "ExpressionStatement":
      return children.map(as("statement"));
    case "AwaitExpression":
    case "ParenthesizedExpression":
      return children.map(as(role));
    case "CallExpression": {
      const [callee, ...rest] = children;
      return [...rest.map(asValue), as(mayChange(callee, role, code) ? "method" : "value")(callee)];
    }
    case "MemberExpression": {
      const [object, ...rest] = children;
      const ofObject = role === "statement" || role === "value" ? "value" : role === "method" ? role : "part";
      return [...rest.map(asValue), as(ofObject)(object)];
    }
  }
  if (children.some(({ name }) => name === "for")) return undefined;
  if (node.name === "ArgList") return argumentRoles(children, code);
  const isTarget = BRACKETS.has(node.name) && !["statement", "part", "method"].includes(role);
  return children.map(as(isTarget ? role : "value"));
}

/** Returns the children of a comprehension or a generator expression: first the targets, then the rest. */
export function comprehensionRoles(children: PythonNode[]): RoledNode[] {
  const [targets, others] = separateTargets(children);
  return [
    ...targets.map((node): RoledNode => ({ node, role: "target" })),
    ...others.map((node): RoledNode => ({ node, role: "value" })),
  ];
}

/** The names of keyword arguments are left out. */
function argumentRoles(children: PythonNode[], code: string): RoledNode[] {
  return children.flatMap((node, index): RoledNode | [] => {
    const operator = node.name === "VariableName" ? children[index + 1] : undefined;
    if (operator?.name !== "AssignOp") return { node, role: "value" };
    return code.slice(operator.from, operator.to) === ":=" ? { node, role: "assignment" } : [];
  });
}

/** Whether a call may change the object whose method it calls. */
function mayChange(callee: PythonNode, role: NodeRole, code: string): boolean {
  const method = callee.name === "MemberExpression" ? callee.lastChild! : undefined;
  if (method?.name !== "PropertyName") return false;
  const name = code.slice(method.from, method.to);
  return alwaysChanges(name) || (role === "statement" && !onlyReads(name));
}

/** Separates the targets, between `for` and `in`, from the other children. */
function separateTargets(children: PythonNode[]): [targets: PythonNode[], others: PythonNode[]] {
  const [targets, others]: PythonNode[][] = [[], []];
  let isTarget = false;
  for (const child of children) {
    if (child.name === "in") isTarget = false;
    (isTarget ? targets : others).push(child);
    if (child.name === "for") isTarget = true;
  }
  return [targets, others];
}
