/**
 * The part to the left of a cell: `In [3]`, its state, and the button that runs or stops it.
 *
 * @module
 */

import type { UsageTotal } from "../../../src/execution/usage_meter.ts";
import type { CellControl } from "../actions/use_cell_control.ts";
import { type CellRow, isBusy, type RequestRow } from "../store/queries.ts";
import { describeTokens, formatSpent } from "../widget/format_usage.ts";
import { IconButton } from "../widget/icon_button.tsx";
import { Elapsed } from "./elapsed.tsx";

export interface CellPromptProps {
  cell: CellRow;
  executionCount?: number;
  request?: RequestRow;
  usage?: UsageTotal;
  control: CellControl;
}

/** Renders the prompt of a code or AI cell. Only code has an execution number. A Markdown cell has no prompt. */
export function CellPrompt({ cell, executionCount, request, usage, control }: CellPromptProps) {
  const isQuestion = cell.cellType === "ai";
  if (cell.cellType !== "code" && !isQuestion) return <div className="cell-prompt" />;
  const { id, executionState, lastExecutionDurationMs } = cell;
  const isRunning = executionState === "running";
  const hasEnded = executionState === "completed" || executionState === "error";
  const spent = usage && formatSpent(usage);
  const mark = isBusy(cell) ? "*" : executionCount ?? " ";
  return (
    <div className="cell-prompt">
      {isBusy(cell)
        ? (
          <IconButton
            icon="stop"
            label="Stop this cell"
            className="stop"
            onClick={() => control.actions.interrupt(id)}
          />
        )
        : <IconButton icon="run" label="Run this cell" shortcut="Ctrl+Enter" onClick={() => control.run(id, "stay")} />}
      <span className="prompt in">{isQuestion ? "AI:" : `In [${mark}]:`}</span>
      <span className="cell-state">
        {executionState === "queued" && "queued"}
        {executionState === "error" && <strong>failed</strong>}
        {(isRunning || hasEnded) && (
          <Elapsed
            startedAt={isRunning ? request?.startedAt ?? undefined : undefined}
            durationMs={isRunning ? null : lastExecutionDurationMs}
          />
        )}
        {hasEnded && spent !== undefined && <span className="cost" title={describeTokens(usage!)}>{spent}</span>}
      </span>
    </div>
  );
}
