/**
 * Merges the imports of left-out cells.
 *
 * @module
 */

/** The length after which a new line of merged imports begins, in characters. */
const MAX_LINE = 100;

/** `import a.b`. It binds `a`, like `import a.c`. */
const MODULE = /^import [^ ]+$/;

/** Import statements with one name each, and the names that they bind. */
export class PastImports {
  /** The statements by name. The names that `*` binds are not known. */
  readonly #statements = new Map<string, Set<string>>();

  has(name: string): boolean {
    return this.#statements.has(name);
  }

  /** The bound names, oldest first. */
  names(): string[] {
    return [...this.#statements.keys()].filter((name) => name !== "*");
  }

  /** Adds a statement that binds one name, or `*`. */
  add(name: string, statement: string): void {
    const before = this.#statements.get(name) ?? new Set();
    const isShared = name === "*" ||
      (MODULE.test(statement) && [...before.values().take(1)].every((each) => MODULE.test(each)));
    const statements = isShared ? before : new Set<string>();
    statements.delete(statement);
    this.#statements.delete(name);
    this.#statements.set(name, statements.add(statement));
  }

  delete(name: string): void {
    this.#statements.delete(name);
  }

  /**
   * Writes the imports. `__future__` comes first, as Python requires, then `*`, which must not hide later names.
   *
   * @param omitted the names to leave out
   */
  lines(omitted: ReadonlySet<string>): string[] {
    const modules: string[] = [];
    const members = new Map<string, string[]>();
    for (const [name, statements] of this.#statements) {
      if (omitted.has(name)) continue;
      for (const statement of statements) {
        const [, from, imported] = /^(?:from (\S+) )?import (.*)$/.exec(statement)!;
        if (from === undefined) modules.push(imported);
        else if (members.has(from)) members.get(from)!.push(imported);
        else members.set(from, [imported]);
      }
    }
    const lines = [...members].map(([from, imported]) => linesOf(`from ${from} import `, imported));
    const rank = (line: string) => line.startsWith("from __future__ ") ? 0 : line.endsWith(" import *") ? 1 : 2;
    return [...linesOf("import ", modules), ...lines.flat()].map((line, index) => ({ line, index }))
      .sort((a, b) => rank(a.line) - rank(b.line) || a.index - b.index).map(({ line }) => line);
  }
}

/** Joins imported names into lines. `*` is always on a line by itself. */
function linesOf(start: string, imported: readonly string[]): string[] {
  const lines: string[] = [];
  for (const each of imported) {
    const last = lines.at(-1);
    const isOpen = last !== undefined && each !== "*" && !last.endsWith("*") && last.length + each.length < MAX_LINE;
    if (isOpen) lines[lines.length - 1] = `${last}, ${each}`;
    else lines.push(start + each);
  }
  return lines;
}
