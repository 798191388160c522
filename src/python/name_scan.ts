/**
 * Finds what a statement does with names: which it reads, binds, changes and deletes.
 *
 * @module
 */

import { alwaysChanges, onlyTells } from "./method_effects.ts";
import { NameScope, type ScopeKind } from "./name_scope.ts";
import { importedNames } from "./imported_names.ts";
import { childrenOf, type PythonNode } from "./python_tree.ts";

/** How a statement binds or changes a name. */
export type BindingKind =
  | "import"
  | "function"
  | "class"
  /** By `=`, `:=` or `type`. */
  | "assignment"
  /** As the target of `for`, behind `as` of `with`, or in a pattern of `match`. */
  | "target"
  /** By `+=` and the like. */
  | "update"
  /** By an assignment to one of its items or attributes, or by their deletion. */
  | "part"
  /** By a call of one of its methods, perhaps. */
  | "method"
  | "deletion";

/** A name that a statement binds, changes or deletes at the top level of its cell. */
export interface Binding {
  name: string;
  kind: BindingKind;
  /** The innermost statement that does so. */
  statement: PythonNode;
}

/** What a statement does with names. */
export interface NameScan {
  /** In order. */
  bindings: Binding[];
  /** The names that it needs from outside, also in the bodies of functions. Built-in names are among them. */
  reads: ReadonlySet<string>;
  /** Those that it needs when it runs. A lambda may be called at once. */
  readsNow: ReadonlySet<string>;
  /** Those that it needs when functions in it are called. */
  readsLater: ReadonlySet<string>;
}

/**
 * Scans a statement, in time linear in its length but for a logarithm.
 *
 * @param statement a statement at the top level of a cell, or the whole tree
 * @param code what the tree was made from
 */
export function scanNames(statement: PythonNode, code: string): NameScan {
  return new NameScanner(code).scan(statement);
}

/** What a node is for: a value, a value whose call is a statement, or something that is bound or changed. */
type Role = "value" | "statement" | Exclude<BindingKind, "import" | "function" | "class">;

/** A node that is still to be read. */
interface Visit {
  node: PythonNode;
  role: Role;
  statement: PythonNode;
}

/** What a tuple of targets is written in. */
const BRACKETS: ReadonlySet<string> = new Set(["TupleExpression", "ArrayExpression"]);

const STATEMENT = /(?:Statement|Definition)$/;

/** Work that is planned: a node, or what is done when its turn comes. */
type Work = Visit | (() => void);

class NameScanner {
  readonly #code: string;
  readonly #bindings: Binding[] = [];
  /** What is still to be done, the next last: a call stack would not hold what a cell may nest. */
  readonly #work: Work[] = [];
  #scope = new NameScope("cell");
  #hasLambda = false;

  constructor(code: string) {
    this.#code = code;
  }

  scan(root: PythonNode): NameScan {
    this.#plan([{ node: root, role: "value", statement: root }]);
    for (let next = this.#work.pop(); next !== undefined; next = this.#work.pop()) {
      if (typeof next === "function") next();
      else this.#visit(next);
    }
    const { now, later } = this.#scope.needs();
    const reads = new Set([...now, ...later]);
    return { bindings: this.#bindings, reads, readsNow: now, readsLater: this.#hasLambda ? reads : later };
  }

  #visit({ node, role, statement: around }: Visit): void {
    if (node.name === "VariableName") return this.#name(node, role, around);
    const children = childrenOf(node);
    if (children.length === 0) return;
    const statement = STATEMENT.test(node.name) ? node : around;
    const as = (childRole: Role) => (child: PythonNode): Visit => ({ node: child, role: childRole, statement });
    const asValue = as("value");
    switch (node.name) {
      case "ImportStatement":
        for (const { name } of importedNames(node, this.#code)) this.#bind(name, "import", statement);
        return;
      case "ScopeStatement":
        for (const name of node.getChildren("VariableName")) this.#scope.declare(this.#text(name));
        return;
      case "FunctionDefinition":
      case "LambdaExpression":
        return this.#function(node, children, statement);
      case "ClassDefinition":
        this.#bind(this.#text(node.getChild("VariableName")), "class", statement);
        return this.#plan([
          ...node.getChildren("ArgList").map(asValue),
          ...this.#inScope("class", node.getChildren("Body").map(asValue)),
        ]);
      case "AssignStatement": {
        const end = children.findLastIndex(({ name }) => name === "AssignOp");
        const isValue = (child: PythonNode, index: number) => index > end || child.name === "TypeDef";
        // An annotation without a value binds nothing.
        return this.#plan([
          ...children.filter((child, index) => isValue(child, index) && (end !== -1 || index > 0)).map(asValue),
          ...children.filter((child, index) => !isValue(child, index)).map(as("assignment")),
        ]);
      }
      case "NamedExpression":
        return this.#plan([...children.slice(1).map(asValue), as("assignment")(children[0])]);
      case "UpdateStatement":
        return this.#plan([...children.slice(1).map(asValue), as("update")(children[0])]);
      case "TypeDefinition":
        return this.#plan([...children.slice(2).map(asValue), ...children.slice(1, 2).map(as("assignment"))]);
      case "TypeParam":
        return;
      case "DeleteStatement":
        return this.#plan(children.map(as("deletion")));
      case "ForStatement": {
        const [targets, others] = partTargets(children);
        const body = others.findIndex(({ name }) => name === "Body");
        return this.#plan([
          ...others.slice(0, body).map(asValue),
          ...targets.map(as("target")),
          ...others.slice(body).map(asValue),
        ]);
      }
      case "WithStatement":
      case "AsPattern":
        return this.#plan(children.map((child) => as(child.prevSibling?.name === "as" ? "target" : "value")(child)));
      case "TryStatement":
        // The name behind `as` ends with its clause.
        return this.#plan(children.filter((child) => child.prevSibling?.name !== "as").map(asValue));
      case "CapturePattern":
        return this.#plan(children.map(as("target")));
      case "KeywordPattern":
        return this.#plan(children.slice(1).map(asValue));
      case "Decorator":
        return this.#plan(children.filter((child) => child.prevSibling?.name !== ".").map(asValue));
      case "ExpressionStatement":
        return this.#plan(children.map(as("statement")));
      case "AwaitExpression":
        return this.#plan(children.map(as(role)));
      case "CallExpression": {
        const [callee, ...rest] = children;
        return this.#plan([...rest.map(asValue), as(this.#mayChange(callee, role) ? "method" : "value")(callee)]);
      }
      case "MemberExpression": {
        const [object, ...rest] = children;
        const ofObject = role === "statement" || role === "value" ? "value" : role === "method" ? role : "part";
        return this.#plan([...rest.map(asValue), as(ofObject)(object)]);
      }
      case "ParenthesizedExpression":
        return this.#plan(children.map(as(role)));
    }
    if (children.some(({ name }) => name === "for")) {
      const [targets, others] = partTargets(children);
      return this.#plan(this.#inScope("comprehension", [...targets.map(as("target")), ...others.map(asValue)]));
    }
    if (node.name === "ArgList") return this.#arguments(children, as);
    const isTarget = BRACKETS.has(node.name) && !["statement", "part", "method"].includes(role);
    this.#plan(children.map(as(isTarget ? role : "value")));
  }

  #name(node: PythonNode, role: Role, statement: PythonNode): void {
    const name = this.#text(node);
    switch (role) {
      case "value":
      case "statement":
        return this.#scope.read(name);
      case "update":
      case "part":
      case "method":
      case "deletion":
        this.#scope.read(name);
    }
    this.#bind(name, role, statement);
  }

  #bind(name: string, kind: BindingKind, statement: PythonNode): void {
    let scope = this.#scope;
    // `:=` binds in the scope around a comprehension.
    while (scope.kind === "comprehension" && kind === "assignment") scope = scope.outer!;
    if (kind !== "part" && kind !== "method") scope.bind(name);
    if (scope.kind === "cell" && name !== "") this.#bindings.push({ name, kind, statement });
  }

  #function(node: PythonNode, children: PythonNode[], statement: PythonNode): void {
    const visit = (child: PythonNode): Visit => ({ node: child, role: "value", statement });
    const name = node.getChild("VariableName");
    const isLambda = node.name === "LambdaExpression";
    if (isLambda) this.#hasLambda = true;
    else this.#bind(this.#text(name), "function", statement);
    const list = node.getChild("ParamList");
    const [names, values]: PythonNode[][] = [[], []];
    for (const child of list === null ? [] : childrenOf(list)) {
      const isName = child.name === "VariableName" && child.prevSibling?.name !== "AssignOp";
      (isName ? names : values).push(child);
    }
    const body = children.filter(({ from }) => from >= (list?.to ?? name?.to ?? 0)).map(visit);
    this.#plan([
      ...values.map(visit),
      ...this.#inScope(
        "function",
        [() => names.forEach((each) => this.#scope.bind(this.#text(each))), ...body],
        !isLambda,
      ),
    ]);
  }

  #arguments(children: PythonNode[], as: (role: Role) => (child: PythonNode) => Visit): void {
    this.#plan(children.flatMap((child, index) => {
      const operator = child.name === "VariableName" ? children[index + 1] : undefined;
      if (operator?.name !== "AssignOp") return as("value")(child);
      return this.#text(operator) === ":=" ? as("assignment")(child) : [];
    }));
  }

  /** Whether a call may change the object whose method it calls. */
  #mayChange(callee: PythonNode, role: Role): boolean {
    const method = callee.name === "MemberExpression" ? callee.lastChild! : undefined;
    if (method?.name !== "PropertyName") return false;
    const name = this.#text(method);
    return alwaysChanges(name) || (role === "statement" && !onlyTells(name));
  }

  #inScope(kind: ScopeKind, work: Work[], isDeferred = false): Work[] {
    return [
      () => this.#scope = new NameScope(kind, this.#scope),
      ...work,
      () => {
        this.#scope.close(isDeferred);
        this.#scope = this.#scope.outer!;
      },
    ];
  }

  /** Puts work before all other, in order. */
  #plan(work: Work[]): void {
    for (let index = work.length - 1; index >= 0; index--) this.#work.push(work[index]);
  }

  #text(node: PythonNode | null): string {
    return node === null ? "" : this.#code.slice(node.from, node.to);
  }
}

/** Parts the targets, which stand between `for` and `in`, from the other children. */
function partTargets(children: PythonNode[]): [targets: PythonNode[], others: PythonNode[]] {
  const [targets, others]: PythonNode[][] = [[], []];
  let isTarget = false;
  for (const child of children) {
    if (child.name === "in") isTarget = false;
    (isTarget ? targets : others).push(child);
    if (child.name === "for") isTarget = true;
  }
  return [targets, others];
}
