/**
 * Which statements of the past a conversation tells as they were written.
 *
 * @module
 */

import type { NameVersions, PlacedStatement } from "./name_versions.ts";

/** A conversation's past. */
export interface ToldStatementsOptions {
  /** All cells that have run, oldest first. */
  cells: readonly { code: string }[];
  /** The turns that tell the newest of them, each of which begins with its code or with what is shortened of it. */
  turns: readonly string[];
  /** The summary of those before. */
  summary: string;
  /** The values of all names. */
  versions: NameVersions;
}

/** What a conversation tells of statements. */
export class ToldStatements {
  readonly #options: ToldStatementsOptions;
  /** How many cells are told by the summary only. */
  readonly #summarized: number;

  constructor(options: ToldStatementsOptions) {
    this.#options = options;
    this.#summarized = options.cells.length - options.turns.length;
  }

  /**
   * Finds those that are not told as they were written, or not where they are read from the top to the bottom.
   *
   * @param needed statements, each with the names that were read when it ran
   */
  lacking(needed: ReadonlyMap<PlacedStatement, ReadonlySet<string>>): PlacedStatement[] {
    const told = this.#inSummary([...needed.keys()]);
    return [...needed].filter(([statement, read]) => {
      if (statement.cell >= this.#summarized) return !this.#isInTurn(statement);
      return !told.has(statement) || [...read].some((name) => this.#isChangedLater(name, statement));
    }).map(([statement]) => statement);
  }

  /** Finds statements in the summary, which tells them in order, with comments behind them; imports come before all others. */
  #inSummary(statements: readonly PlacedStatement[]): Set<PlacedStatement> {
    const { summary, versions } = this.#options;
    const told = new Set<PlacedStatement>();
    let end = 0;
    const inOrder = statements.filter(({ cell }) => cell < this.#summarized).sort((a, b) => a.position - b.position);
    for (const statement of inOrder) {
      const { imports, source, makes } = statement;
      if (imports.size > 0 && imports.isSupersetOf(makes)) {
        const isLast = [...imports].every((name) =>
          versions.at(name)!.statement === statement && summary.includes(name)
        );
        if (isLast) told.add(statement);
        continue;
      }
      const start = findLines(summary, source, end);
      if (start === -1) continue;
      end = start + source.length;
      told.add(statement);
    }
    return told;
  }

  #isInTurn({ cell, source }: PlacedStatement): boolean {
    const turn = this.#options.turns[cell - this.#summarized];
    return turn.includes(this.#options.cells[cell].code) || turn.includes(source);
  }

  /** Whether a value that a statement read was changed after it by a cell of which only the summary tells: it does not say when. */
  #isChangedLater(name: string, { position }: PlacedStatement): boolean {
    const version = this.#options.versions.at(name, position);
    const next = version?.next;
    return next !== undefined && next.before === version && next.statement.cell < this.#summarized;
  }
}

/** Where whole lines begin in a text, at or behind an index; they may have a comment behind them. -1 if they are not there. */
function findLines(text: string, lines: string, from: number): number {
  for (let start = text.indexOf(lines, from); start !== -1; start = text.indexOf(lines, start + 1)) {
    const end = start + lines.length;
    const isBegin = start === 0 || text[start - 1] === "\n";
    if (isBegin && (end === text.length || text[end] === "\n" || text.startsWith("  #", end))) return start;
  }
  return -1;
}
