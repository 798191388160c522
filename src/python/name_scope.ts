/**
 * Tracks the names of a cell, function, class or comprehension: those that it binds, and those that it needs from outside.
 *
 * @module
 */

export type ScopeKind = "cell" | "function" | "class" | "comprehension";

/** Names that are needed from outside. */
export interface NeededNames {
  /** Those that are read when the code runs. */
  now: Set<string>;
  /** Those that the bodies of functions read when they are called. */
  later: Set<string>;
}

export class NameScope {
  readonly kind: ScopeKind;
  readonly outer: NameScope | undefined;
  readonly #bound = new Set<string>();
  readonly #declared = new Set<string>();
  readonly #reads = new Set<string>();
  /** The names that inner scopes need, at once and when functions in them are called. */
  #passed = new Set<string>();
  #passedLater = new Set<string>();

  constructor(kind: ScopeKind, outer?: NameScope) {
    this.kind = kind;
    this.outer = outer;
  }

  /**
   * Records that a name is read. In a cell, a name that was bound before does not come from outside. In a function, the order does
   * not matter.
   */
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

  /**
   * Closes the scope and passes the names that it needs to its outer scope.
   *
   * @param isDeferred whether the code of the scope runs later, as the body of a function
   */
  close(isDeferred: boolean): void {
    if (this.outer === undefined) return;
    const { now, later } = this.needs();
    if (isDeferred) this.outer.#pass(new Set(), union(now, later));
    else this.outer.#pass(now, later);
  }

  /** Returns the names that the scope needs from outside. Call it only once, because the result reuses the scope's sets. */
  needs(): NeededNames {
    const later = this.#passedLater;
    if (this.kind === "cell") return { now: union(this.#reads, this.#passed), later };
    // The names of a class are not visible in its methods.
    const isClass = this.kind === "class";
    const needed = isClass ? this.#reads : union(this.#reads, this.#passed);
    for (const name of this.#bound) {
      needed.delete(name);
      if (!isClass) later.delete(name);
    }
    const others = isClass ? union(this.#passed, this.#declared) : this.#declared;
    return { now: union(needed, others), later };
  }

  #pass(now: Set<string>, later: Set<string>): void {
    if (this.kind === "cell") {
      for (const name of this.#bound) {
        now.delete(name);
        later.delete(name);
      }
    }
    this.#passed = union(this.#passed, now);
    this.#passedLater = union(this.#passedLater, later);
  }
}

/** Merges the smaller set into the larger one, so that all unions together take little more than linear time. */
function union(a: Set<string>, b: Set<string>): Set<string> {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const name of small) large.add(name);
  return large;
}
