/**
 * Finds the names that a statement reads, binds, changes and deletes.
 *
 * @module
 */

import { type BindingKind, childRoles, comprehensionRoles, type NodeRole, type RoledNode } from "./child_roles.ts";
import { NameScope, type ScopeKind } from "./name_scope.ts";
import { importedNames } from "./imported_names.ts";
import { childrenOf, type PythonNode } from "./python_tree.ts";

/** A name that a statement binds, changes or deletes at the top level of its cell. */
export interface Binding {
  name: string;
  kind: BindingKind;
  /** The innermost statement that does this. */
  statement: PythonNode;
}

export interface NameScan {
  /** The bindings, in order. */
  bindings: Binding[];
  /** The names that the statement needs from outside, including those in function bodies and built-in names. */
  reads: ReadonlySet<string>;
  /** Those of `reads` that are read when the statement runs, including those in lambdas, which may be called at once. */
  readsNow: ReadonlySet<string>;
  /** Those of `reads` that are read when functions in the statement are called. */
  readsLater: ReadonlySet<string>;
}

/**
 * Scans a statement. Takes time linear in its length, apart from a logarithmic factor.
 *
 * @param statement a statement at the top level of a cell, or the whole tree
 * @param code the code that the tree was parsed from
 */
export function scanNames(statement: PythonNode, code: string): NameScan {
  return new NameScanner(code).scan(statement);
}

/** A node to visit, its role, and the innermost statement around it. */
interface Visit extends RoledNode {
  statement: PythonNode;
}

const STATEMENT = /(?:Statement|Definition)$/;

/** A planned step: a node to visit, or a function to call. */
type Work = Visit | (() => void);

class NameScanner {
  readonly #code: string;
  readonly #bindings: Binding[] = [];
  /** The remaining steps, with the next one last. A stack of our own, because deeply nested code would overflow the call stack. */
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
    const asValue = (child: PythonNode): Visit => ({ node: child, role: "value", statement });
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
    }
    const asVisit = (child: RoledNode): Visit => ({ ...child, statement });
    const roles = childRoles(node, children, role, this.#code);
    if (roles !== undefined) return this.#plan(roles.map(asVisit));
    this.#plan(this.#inScope("comprehension", comprehensionRoles(children).map(asVisit)));
  }

  #name(node: PythonNode, role: NodeRole, statement: PythonNode): void {
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

  /** Plans steps before all others, in order. */
  #plan(work: Work[]): void {
    for (let index = work.length - 1; index >= 0; index--) this.#work.push(work[index]);
  }

  #text(node: PythonNode | null): string {
    return node === null ? "" : this.#code.slice(node.from, node.to);
  }
}
