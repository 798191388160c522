/**
 * The golden recordings as a set: each cell with the history of those recorded before it in its session.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import type { HistoryEntry } from "../../src/execution/history_entry.ts";
import type { ExecutionContext } from "../../src/execution/execution_context.ts";
import type { MimeMetadata } from "../../src/media/mime_bundle.ts";
import { type OutputChange, updateDisplays } from "../../src/shell/cell_outputs.ts";
import { type GoldenCell, type GoldenOutput, goldenSessions } from "../../test/golden/golden_cells.ts";
import type { Shown } from "../eval_run.ts";
import type { EvalCell, EvalSet } from "../eval_set.ts";
import { ShownOutputs } from "../shown_outputs.ts";
import { needsOfCells } from "./cell_needs.ts";
import { isInHistory, whyLeftOut } from "./left_out.ts";

/** The recordings whose cells are scored. */
const scored: Sessions = { session: goldenSessions.session, kinds: goldenSessions.kinds };

/** The cells of recordings, in the order in which they ran. */
type Sessions = Readonly<Record<string, readonly GoldenCell[]>>;

/**
 * Makes the set of recordings.
 *
 * @param sessions the recordings. Default: the golden ones
 */
export function goldenSet(sessions: Sessions = scored): EvalSet {
  const cells = Object.entries(sessions).flatMap(([name, recording]) => cellsOf(name, recording));
  return { name: "golden", cells };
}

function cellsOf(session: string, recording: readonly GoldenCell[]): EvalCell[] {
  const cells: EvalCell[] = [];
  const needs = needsOfCells(recording.map(({ code }) => code));
  let history: HistoryEntry[] = [];
  for (const [index, golden] of recording.entries()) {
    const { name, kind = "other", code, execution_count: executionCount } = golden;
    const earlier = history;
    const played = new ShownOutputs((change) => history = updated(history, change));
    play(golden, played.context);
    if (whyLeftOut(golden) === undefined) {
      const accepted: EvalCell["accepted"] = [played.shown, ...alsoRight(golden, played.shown)];
      cells.push({ name, kind, needs: needs[index], code, executionCount, session, history: earlier, accepted });
    }
    if (isInHistory(golden)) history = [...history, { executionCount, code, outputs: played.context.outputs }];
  }
  return cells;
}

/**
 * Shows the recorded outputs up to the exception: the agent shows nothing after it, and IPython only a warning at `sys.exit`. The text
 * of the pager is expected on stdout, without colours, as the prompt requests.
 */
function play({ outputs, payload = [] }: Pick<GoldenCell, "outputs" | "payload">, context: ExecutionContext): void {
  for (const output of outputs.slice(0, endOf(outputs))) show(output, context);
  for (const { source, data } of payload) {
    if (source === "page" && data !== undefined) context.stdout(stripVTControlCharacters(data["text/plain"]));
  }
}

/** Lists other outputs that are correct, too. */
function alsoRight({ code, outputs }: GoldenCell, shown: Shown): Shown[] {
  const rest = new ShownOutputs();
  play({ outputs: outputs.slice(endOf(outputs)) }, rest.context);
  const { stdout, stderr } = rest.shown;
  const right: Shown[] = [];
  // A model may know the warning, but can only show it before the exception.
  if (stdout + stderr !== "") right.push({ ...shown, stdout: shown.stdout + stdout, stderr: shown.stderr + stderr });
  // No cell shows whether a file existed before the session.
  if (code.startsWith("%%writefile")) right.push({ ...shown, stdout: shown.stdout.replace("Overwriting", "Writing") });
  return right;
}

/** Counts the outputs up to the exception, or all. */
function endOf(outputs: readonly GoldenOutput[]): number {
  const error = outputs.findIndex((output) => output.output_type === "error");
  return error === -1 ? outputs.length : error + 1;
}

function show(output: GoldenOutput, context: ExecutionContext): void {
  switch (output.output_type) {
    case "stream":
      return context[output.name](output.text);
    case "execute_result":
      return context.executeResult(output.data, output.metadata);
    case "display_data":
    case "update_display_data": {
      const { display_id } = output.transient;
      const update = output.output_type === "update_display_data";
      const named: MimeMetadata = display_id === undefined ? {} : { display_id, update };
      return context.display(output.data, { ...output.metadata, ...named });
    }
    case "clear_output":
      return context.display({}, { clear_output: true, wait: output.wait });
    case "error":
      return context.error(output.ename, output.evalue, output.traceback);
  }
}

/** Returns the history after a change: a new one if the display of an earlier cell was updated. Cells keep their own history. */
function updated(history: HistoryEntry[], change: OutputChange): HistoryEntry[] {
  if (change.type !== "updated") return history;
  return history.map((entry) => {
    const outputs = [...entry.outputs];
    updateDisplays(outputs, change.displayId, change.output);
    return { ...entry, outputs };
  });
}
