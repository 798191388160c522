/**
 * A long notebook session that is the same every time: classes and imports at the beginning that are used at the end, data that was
 * pasted into cells, and cells that run again.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";

/** A cell of a session. Its code runs in Python without packages. */
export interface SessionCell extends HistoryEntry {
  /** The names of earlier cells that it uses. */
  uses: readonly string[];
}

type Draft = Pick<SessionCell, "code" | "outputs" | "uses">;

/** The beginning of every analysis. */
const BEGINNING: readonly Draft[] = [
  cell("import json\nimport math\nfrom collections import Counter\nfrom dataclasses import dataclass, field", []),
  cell('RATES = {"savings": 0.02, "current": 0.001}\nLIMIT = 10_000', []),
  cell(
    `@dataclass
class Account:
    """Somebody's money."""

    owner: str
    kind: str = "savings"
    balance: float = 0.0
    moves: list = field(default_factory=list)

    def deposit(self, amount):
        """Adds to the balance."""
        if amount <= 0:
            raise ValueError("an amount must be positive")
        self.balance += amount
        self.moves.append(amount)
        return self

    def interest(self, years=1):
        return self.balance * ((1 + RATES[self.kind]) ** years - 1)`,
    ["dataclass", "field"],
  ),
  cell('def in_euros(amount, digits=2):\n    return f"{round(amount, digits):,} EUR"', []),
];

/** The cells that use it, which come last. */
const END: readonly Draft[] = [
  cell('ann = Account("Ann").deposit(1_200)\nann.balance', ["Account"], "1200.0"),
  cell("in_euros(ann.interest(years=10))", ["in_euros", "ann", "RATES"], "'262.79 EUR'"),
  cell("math.floor(ann.balance / LIMIT * 100)", ["math", "ann", "LIMIT"], "12"),
  cell('json.dumps({"kinds": Counter(RATES)["savings"]})', ["json", "Counter", "RATES"], "'{\"kinds\": 0.02}'"),
];

/** The cells with pasted data, and its number of characters. Four such cells follow each other. */
const PASTED: Readonly<Record<number, number>> = {
  20: 5_000,
  21: 12_000,
  22: 30_000,
  23: 8_000,
  70: 20_000,
  140: 30_000,
  210: 5_000,
  265: 16_000,
};

/** Maps the number of a cell to the number of the cell whose code it runs again. */
const RERUNS: Readonly<Record<number, number>> = { 24: 22, 90: 2, 150: 3, 211: 210, 240: 20 };

/** The cells of a session with their outputs, oldest first. */
export function longSession(cells: number): SessionCell[] {
  const session: SessionCell[] = [];
  for (let n = 1; n <= cells; n++) {
    const again = RERUNS[n] ?? (n > 40 && n % 20 === 15 && n <= cells - END.length ? n - 13 : undefined);
    const draft = again === undefined ? draftOf(n, cells) : session[again - 1];
    session.push({ ...draft, executionCount: n });
  }
  return session;
}

function draftOf(n: number, cells: number): Draft {
  if (n <= BEGINNING.length) return BEGINNING[n - 1];
  if (n > cells - END.length) return END[n - 1 - cells + END.length];
  if (n in PASTED) return cell(pasted(n, PASTED[n]), []);
  const before = n - n % 10; // cells in each group of ten use each other's names, and data that was pasted long before
  switch (n % 10) {
    case 0:
      return cell(`values_${n} = [${n}, ${n + 1}, ${n + 2}]`, []);
    case 1:
      return before < 10 ? cell("LIMIT // 3", ["LIMIT"], "3333") : cell(
        `values_${before} = list(range(${n}, ${n + 5}))\nsum(values_${before})`,
        [],
        String(5 * n + 10),
      );
    case 2:
      return cell(
        `def area_${n}(width, height=${n}):\n    """The area of a rectangle."""\n    return width * height`,
        [],
      );
    case 3:
      return n < 12 ? cell("LIMIT", ["LIMIT"], "10000") : cell(...callOf(n));
    case 4:
      return cell(`for i in range(${n}, ${n + 4}):\n    print(i, "of", LIMIT)`, ["LIMIT"], undefined, countedFrom(n));
    case 5:
      return n > 25 ? cell(`len(data_20) + len(data_22)`, ["data_20", "data_22"], "1180") : cell("2 + 3", [], "5");
    case 6:
      return cell(`total_${n} = math.fsum([0.1] * ${n})\nround(total_${n}, 1)`, ["math"], (n / 10).toFixed(1));
    case 7:
      return cell(`in_euros(total_${n - 1})`, ["in_euros", `total_${n - 1}`], `'${(n - 1) / 10} EUR'`);
    case 8:
      return cell(`table_${n} = {f"name{i}": [i, i + ${n}] for i in range(12)}\nlen(table_${n})`, [], "12");
    default:
      return cell(`sorted(table_${n - 1})[:2]`, [`table_${n - 1}`], "['name0', 'name1']");
  }
}

function callOf(n: number): Parameters<typeof cell> {
  return [`area_${n - 1}(2)`, [`area_${n - 1}`], String(2 * (n - 1))];
}

function countedFrom(n: number): string {
  return [n, n + 1, n + 2, n + 3].map((i) => `${i} of 10000\n`).join("");
}

function cell(code: string, uses: string[], result?: string, stdout?: string): Draft {
  const outputs: CellOutput[] = [];
  if (stdout !== undefined) outputs.push({ type: "stream", name: "stdout", text: stdout });
  if (result !== undefined) outputs.push({ type: "execute_result", data: { "text/plain": result } });
  return { code, uses, outputs };
}

/** Numbers as copied from a spreadsheet. */
function pasted(n: number, characters: number): string {
  const rows: string[] = [];
  for (let row = 0, length = 0; length < characters; row++) {
    const line = `    ("2026-${String(1 + row % 12).padStart(2, "0")}", ${10_000 + row * 7_919 % 89_999}, ${
      (row * 37 % 1_000) / 10
    }),`;
    rows.push(line);
    length += line.length + 1;
  }
  return `data_${n} = [\n${rows.join("\n")}\n]`;
}
