/**
 * A session whose cells read uploaded files, some of which are uploaded again in between.
 *
 * @module
 */

import type { CellFile } from "../../src/execution/cell_file.ts";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import { DEFAULT_FILE_CHARACTERS, describeFile } from "../../src/files/describe_file.ts";
import { session } from "./session.ts";

const READ_EVERY = 5;
/** The numbers of rows of the files, which cells read in turn. The agent sends all rows of the second one. */
const ROWS = [1_000, 40];
/** After so many cells the first file is uploaded again, with other rows. */
const CHANGE_EVERY = 40;

/** Returns the cells of {@linkcode session}, except that every fifth reads a file instead. */
export function sessionWithFiles(cells: number): HistoryEntry[] {
  return session(cells).map((entry) => {
    const { executionCount } = entry;
    if (executionCount % READ_EVERY !== 0) return entry;
    const number = executionCount / READ_EVERY % ROWS.length;
    const file = fileOf(number, number === 0 ? Math.floor(executionCount / CHANGE_EVERY) : 0);
    const code = `table_${number} = pd.read_csv("table_${number}.csv")\ntable_${number}.city.nunique()`;
    return {
      executionCount,
      code,
      outputs: [{ type: "execute_result", data: { "text/plain": "40" } }],
      files: [file],
    };
  });
}

/** Makes a file with the description that the agent sends by default. */
function fileOf(number: number, upload: number): CellFile {
  const name = `table_${number}.csv`;
  const version = `${number}/${upload}`;
  const bytes = new TextEncoder().encode(contentOf(version));
  return { name, version, description: describeFile({ name, bytes }, DEFAULT_FILE_CHARACTERS) };
}

export function contentOf(version: string): string {
  const [number, upload] = version.split("/").map(Number);
  const rows = Array.from(
    { length: ROWS[number] },
    (_, row) => `${row},city ${row % 40},${(row * 37 + upload) % 1_000 / 10}`,
  );
  return `id,city,price\n${rows.join("\n")}\n`;
}
