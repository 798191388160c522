/**
 * What in a cell's code takes thinking to work out by hand.
 *
 * @module
 */

import type { PythonNode, PythonTree } from "./python_tree.ts";

/** What a cell contains. Bodies of functions count for `defines` and `recursion` only: defining a function runs none of it. */
export interface CellFeatures {
  /** `for` and `while`. */
  loops: boolean;
  /** Comprehensions and generator expressions. */
  comprehensions: boolean;
  /** More than two arithmetic operators, a power, numbers of three digits or more in arithmetic, slices, calls such as `sorted`. */
  arithmetic: boolean;
  /** The plain names of what is called, `f` for `f()` and `g` for `a.g()`, and the names handed to calls, which may call them. */
  callsOf: string[];
  /** The names of the functions, methods and classes that are defined at any level, and of lambdas that are assigned to a name. */
  defines: string[];
  /** Whether a function calls itself. */
  recursion: boolean;
  /** Whether something is drawn. */
  plots: boolean;
}

/** Functions and methods whose value is an algorithm's, and that models get wrong when they answer offhand. */
const ALGORITHMS = words(
  "sorted sort reversed reverse join split rsplit splitlines partition replace translate sum zip enumerate map filter reduce " +
    "accumulate count index find rfind Counter most_common groupby permutations combinations product divmod pow factorial gcd " +
    "bin hex oct cumsum cumprod dot matmul pivot_table merge",
);

/** The usual names of the modules that draw. */
const PLOT_MODULES = words("plt sns px");

/** Methods that draw, on axes and on data frames. */
const PLOT_METHODS = words("plot hist scatter bar barh boxplot imshow pie contour plot_surface");

/** Two operators are done in passing. */
const MOST_OPERATORS_DONE_IN_PASSING = 2;

/** A number of so many digits is not calculated with in passing. */
const LONG_NUMBER = /\d[_.]?\d[_.]?\d/;

/**
 * Collects the features of a cell in one walk.
 *
 * @param tree the tree of the cell, with errors or without
 * @param code what the tree was made from
 */
export function cellFeatures(tree: PythonTree, code: string): CellFeatures {
  const collector = new FeatureCollector(code);
  tree.iterate({ enter: ({ node }) => collector.enter(node), leave: ({ node }) => collector.leave(node) });
  return collector.features();
}

class FeatureCollector {
  readonly #code: string;
  readonly #callsOf = new Set<string>();
  readonly #defines = new Set<string>();
  readonly #found = { loops: false, comprehensions: false, recursion: false, plots: false };
  #isWorkedOut = false;
  #operators = 0;
  /** The names of the functions around the node. */
  readonly #functions: string[] = [];
  /** How many bodies of functions are around the node. */
  #dormant = 0;

  constructor(code: string) {
    this.#code = code;
  }

  features(): CellFeatures {
    return {
      ...this.#found,
      arithmetic: this.#isWorkedOut || this.#operators > MOST_OPERATORS_DONE_IN_PASSING,
      callsOf: [...this.#callsOf],
      defines: [...this.#defines],
    };
  }

  enter(node: PythonNode): void {
    switch (node.name) {
      case "FunctionDefinition":
      case "ClassDefinition": {
        const name = this.#text(node.getChild("VariableName"));
        if (name !== "") this.#defines.add(name);
        if (node.name === "FunctionDefinition") this.#functions.push(name);
        return;
      }
      case "Body":
        if (node.parent?.name === "FunctionDefinition") this.#dormant += 1;
        return;
      case "AssignStatement":
        if (node.lastChild?.name === "LambdaExpression" && node.firstChild?.name === "VariableName") {
          this.#defines.add(this.#text(node.firstChild));
        }
        return;
      case "CallExpression":
        return this.#call(node.firstChild);
    }
    if (this.#dormant === 0) this.#enterRunning(node);
  }

  leave(node: PythonNode): void {
    if (node.name === "FunctionDefinition") this.#functions.pop();
    else if (node.name === "Body" && node.parent?.name === "FunctionDefinition") this.#dormant -= 1;
  }

  /** Looks at a node that runs when the cell does. */
  #enterRunning(node: PythonNode): void {
    switch (node.name) {
      case "ForStatement":
      case "WhileStatement":
        this.#found.loops = true;
        break;
      case "ComprehensionExpression":
      case "ArrayComprehensionExpression":
      case "SetComprehensionExpression":
      case "DictionaryComprehensionExpression":
        this.#found.comprehensions = true;
        break;
      case "BinaryExpression":
        if (node.getChild("ArithOp") !== null || node.getChild("BitOp") !== null) this.#operation(node);
        break;
      case "UpdateStatement":
        this.#operation(node);
        break;
      case "MemberExpression":
        if (node.getChild(":") !== null) this.#isWorkedOut = true;
        break;
      case "Decorator":
        for (const name of node.getChildren("VariableName")) this.#callsOf.add(this.#text(name));
        break;
      case "ArgList":
        for (const name of node.getChildren("VariableName")) {
          if (name.nextSibling?.name !== "AssignOp") this.#callsOf.add(this.#text(name));
        }
        if (node.getChild("for") !== null) this.#found.comprehensions = true;
        break;
    }
  }

  #call(callee: PythonNode | null): void {
    const isMember = callee?.name === "MemberExpression";
    const named = isMember ? callee.lastChild : callee;
    if (named?.name !== "VariableName" && named?.name !== "PropertyName") return;
    const name = this.#text(named);
    const owner = isMember && callee.firstChild?.name === "VariableName" ? this.#text(callee.firstChild) : "";
    if ((!isMember || owner === "self") && this.#functions.includes(name)) this.#found.recursion = true;
    if (this.#dormant > 0) return;
    this.#callsOf.add(name);
    if (ALGORITHMS.has(name)) this.#isWorkedOut = true;
    if (PLOT_MODULES.has(owner) || (isMember && PLOT_METHODS.has(name))) this.#found.plots = true;
  }

  /** Counts an arithmetic operation; one that formats a string with `%` is none. */
  #operation(node: PythonNode): void {
    const left = node.firstChild;
    if (left?.name === "String") return;
    this.#operators += 1;
    const operator = this.#text(node.getChild("ArithOp") ?? node.getChild("UpdateOp"));
    const isLong = (operand: PythonNode | null) => operand?.name === "Number" && LONG_NUMBER.test(this.#text(operand));
    if (operator.startsWith("**") || isLong(left) || isLong(node.lastChild)) this.#isWorkedOut = true;
  }

  #text(node: PythonNode | null): string {
    return node === null ? "" : this.#code.slice(node.from, node.to);
  }
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
