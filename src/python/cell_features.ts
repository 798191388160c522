/**
 * Finds the parts of a cell's code that take effort to work out by hand.
 *
 * @module
 */

import type { PythonNode, PythonTree } from "./python_tree.ts";

/** The features of a cell. Function bodies count only for `defines` and `recursion`, because defining a function does not run them. */
export interface CellFeatures {
  /** `for` and `while` statements. */
  loops: boolean;
  /** Comprehensions and generator expressions. */
  comprehensions: boolean;
  /**
   * More than two arithmetic operators, a power, arithmetic with numbers of three or more digits, slices, or calls such as
   * `sorted`.
   */
  arithmetic: boolean;
  /**
   * The names of called functions, `f` for `f()` and `g` for `a.g()`, and the names that are passed as arguments, because the
   * called function may call them.
   */
  callsOf: string[];
  /** The names of all functions, methods and classes that are defined at any level, and of lambdas that are assigned to a name. */
  defines: string[];
  /** Whether a function calls itself. */
  recursion: boolean;
  /** Whether the cell draws a plot. */
  plots: boolean;
}

/** Functions and methods that compute their value by an algorithm. Models often get it wrong if they answer without working it out. */
const ALGORITHMS = words(
  "sorted sort reversed reverse join split rsplit splitlines partition replace translate sum zip enumerate map filter reduce " +
    "accumulate count index find rfind Counter most_common groupby permutations combinations product divmod pow factorial gcd " +
    "bin hex oct cumsum cumprod dot matmul pivot_table merge",
);

/** The usual aliases of plotting modules. */
const PLOT_MODULES = words("plt sns px");

/** Plotting methods of axes and data frames. */
const PLOT_METHODS = words("plot hist scatter bar barh boxplot imshow pie contour plot_surface");

/** The number of operators that a model can evaluate without working them out. */
const MOST_OPERATORS_DONE_IN_PASSING = 2;

/** A number with so many digits that arithmetic with it has to be worked out. */
const LONG_NUMBER = /\d[_.]?\d[_.]?\d/;

/** Collects the features of a cell in one pass over its tree, which may contain errors. */
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
  /** The names of the enclosing functions. */
  readonly #functions: string[] = [];
  /** The number of enclosing function bodies. */
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

  /** Handles a node that runs when the cell runs. */
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

  /** Counts an arithmetic operation. Formatting a string with `%` is not counted. */
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
