/**
 * The names of a cell, function, class or comprehension: which it binds, and which it needs from outside.
 *
 * @module
 */

/** What a scope belongs to. */
export type ScopeKind = "cell" | "function" | "class" | "comprehension";

/** A scope that is being read. */
export class NameScope {
  readonly kind: ScopeKind;
  /** The scope around it. */
  readonly outer: NameScope | undefined;
  readonly #bound = new Set<string>();
  readonly #declared = new Set<string>();
  readonly #reads = new Set<string>();
  /** What the scopes inside need. */
  #passed = new Set<string>();

  constructor(kind: ScopeKind, outer?: NameScope) {
    this.kind = kind;
    this.outer = outer;
  }

  /** Reads a name. What a cell binds before is not from outside; in a function the order does not matter. */
  read(name: string): void {
    if (this.kind !== "cell" || !this.#bound.has(name)) this.#reads.add(name);
  }

  bind(name: string): void {
    if (!this.#declared.has(name)) this.#bound.add(name);
  }

  /** Declares a name `global` or `nonlocal`. */
  declare(name: string): void {
    this.#declared.add(name);
  }

  /** Ends the scope: its outer scope needs what it needs. */
  close(): void {
    if (this.outer !== undefined) this.outer.#pass(this.needs());
  }

  /** The names that are needed from outside. The scope is used up afterwards. */
  needs(): Set<string> {
    if (this.kind === "cell") return union(this.#reads, this.#passed);
    // Methods do not see the names of their class.
    const needed = this.kind === "class" ? this.#reads : union(this.#reads, this.#passed);
    for (const name of this.#bound) needed.delete(name);
    return union(needed, this.kind === "class" ? union(this.#passed, this.#declared) : this.#declared);
  }

  #pass(names: Set<string>): void {
    if (this.kind === "cell") {
      for (const name of this.#bound) names.delete(name);
    }
    this.#passed = union(this.#passed, names);
  }
}

/** Joins two sets into the larger one, so that all unions together take little more than linear time. */
function union(a: Set<string>, b: Set<string>): Set<string> {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const name of small) large.add(name);
  return large;
}
