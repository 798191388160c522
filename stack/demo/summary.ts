/**
 * The summary at the end of a demo.
 *
 * @module
 */

export interface DemoReport {
  cells: number;
  /** The number of cells that failed as recorded. */
  expectedErrors: number;
  /** The milliseconds from each Run to its first output. Cells without output are not included. */
  firstOutputMs: readonly number[];
  /** The length of the notebook's event log. */
  events: number;
  /** The differences from the notebook file, by cell. */
  differences: readonly { executionCount: number; messages: readonly string[] }[];
  /** Whether the outputs were compared too. */
  exact: boolean;
}

export function summarize(report: DemoReport): string {
  const { cells, expectedErrors, firstOutputMs, events, differences, exact } = report;
  const compared = exact ? "outputs and errors" : "only which cells fail: a real model's words differ each time";
  return [
    `${cells} cells ran, ${expectedErrors} of them with the error that it should have.`,
    ...timing(firstOutputMs),
    `${events.toLocaleString("en-US")} events in the notebook's log.`,
    differences.length === 0
      ? `All as recorded in the notebook file (compared: ${compared}).`
      : `Not as recorded in the notebook file (compared: ${compared}):`,
    ...differences.flatMap(({ executionCount, messages }) =>
      messages.map((line) => `  In [${executionCount}]: ${line}`)
    ),
    "",
    "With a notebook of your own:",
    "  NOTEBOOK_ID=<notebook id> AUTH_TOKEN=<your token> OPENAI_API_KEY=<your key> deno run -A bin/aipython.ts",
    "",
  ].join("\n");
}

function timing(firstOutputMs: readonly number[]): string[] {
  if (firstOutputMs.length === 0) return [];
  const sorted = firstOutputMs.toSorted((a, b) => a - b);
  // The upper of the two middle values.
  const median = sorted[Math.floor(sorted.length / 2)];
  return [`From Run to the first output: ${median.toFixed(0)} ms (median), ${sorted.at(-1)!.toFixed(0)} ms (longest).`];
}
