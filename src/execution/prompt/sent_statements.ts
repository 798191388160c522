/**
 * Finds the statements that a conversation does not contain as they were written.
 *
 * @module
 */

import type { NameVersions, PlacedStatement } from "./name_versions.ts";

/** The history as it is sent. */
export interface SentStatementsOptions {
  /** All cells that have run, oldest first. */
  cells: readonly { code: string }[];
  /** The messages with the code of the newest cells, whole or shortened. */
  turns: readonly string[];
  /** The summary of the older cells. Empty if there are none. */
  summary: string;
  versions: NameVersions;
}

export class SentStatements {
  readonly #options: SentStatementsOptions;
  /** The number of cells that only the summary describes. */
  readonly #summarized: number;

  constructor(options: SentStatementsOptions) {
    this.#options = options;
    this.#summarized = options.cells.length - options.turns.length;
  }

  /**
   * Finds the statements that are missing or shortened, or whose place does not show which values they read.
   *
   * @param needed the statements, each with the names that were read when it ran
   */
  lacking(needed: ReadonlyMap<PlacedStatement, ReadonlySet<string>>): PlacedStatement[] {
    const sent = this.#inSummary([...needed.keys()]);
    return [...needed].filter(([statement, read]) => {
      if (statement.cell >= this.#summarized) return !this.#isInTurn(statement);
      return !sent.has(statement) || [...read].some((name) => this.#isChangedLater(name, statement));
    }).map(([statement]) => statement);
  }

  /** Finds the statements that the summary contains. It keeps their order, adds comments after them, and begins with the imports. */
  #inSummary(statements: readonly PlacedStatement[]): Set<PlacedStatement> {
    const { summary, versions } = this.#options;
    const sent = new Set<PlacedStatement>();
    let end = 0;
    const inOrder = statements.filter(({ cell }) => cell < this.#summarized).sort((a, b) => a.position - b.position);
    for (const statement of inOrder) {
      const { imports, source, makes } = statement;
      if (imports.size > 0 && imports.isSupersetOf(makes)) {
        const isLast = [...imports].every((name) =>
          versions.at(name)!.statement === statement && summary.includes(name)
        );
        if (isLast) sent.add(statement);
        continue;
      }
      const start = findLines(summary, source, end);
      if (start === -1) continue;
      end = start + source.length;
      sent.add(statement);
    }
    return sent;
  }

  #isInTurn({ cell, source }: PlacedStatement): boolean {
    const turn = this.#options.turns[cell - this.#summarized];
    return turn.includes(this.#options.cells[cell].code) || turn.includes(source);
  }

  /** Whether a left-out cell changed a value after a statement had read it. The summary does not say which of the two came first. */
  #isChangedLater(name: string, { position }: PlacedStatement): boolean {
    const version = this.#options.versions.at(name, position);
    const next = version?.next;
    return next !== undefined && next.before === version && next.statement.cell < this.#summarized;
  }
}

/** Returns the index of whole lines in a text, from an index on; -1 if there are none. A comment may follow them. */
function findLines(text: string, lines: string, from: number): number {
  for (let start = text.indexOf(lines, from); start !== -1; start = text.indexOf(lines, start + 1)) {
    const end = start + lines.length;
    const isBegin = start === 0 || text[start - 1] === "\n";
    if (isBegin && (end === text.length || text[end] === "\n" || text.startsWith("  #", end))) return start;
  }
  return -1;
}
